"""Study groups on JupyterHub: a hub to try on this machine, and settings for one that stays."""
