"""Training of the reading model; needs torch, and is never imported by the program that runs."""
