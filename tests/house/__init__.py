"""Tests of the site as a whole: who may do what, what never leaks, what no input breaks, how many statements a page takes."""
