"""What pages are made of: forms and fields, wording, Markdown, charts, navigation and the one stylesheet."""
