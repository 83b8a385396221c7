"""python -m app: what an operator does from the shell. Exit codes: 0 done, 1 the input or the state is wrong, 2 usage."""
