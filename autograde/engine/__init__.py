"""The execution under nbgrader: warm kernels, the sandbox they run in, and the pool that grades many submissions."""
