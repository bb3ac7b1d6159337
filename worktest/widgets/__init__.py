"""What JupyterLab shows of the human stages; each has a twin in the terminal."""
