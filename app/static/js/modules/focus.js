// Brings the summary of faults into view and gives it the focus, so that it is read first.
export default function focus(element) {
  element.focus();
}
