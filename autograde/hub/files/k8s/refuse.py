# No hub is to be open to everybody because a line was left as it came.
if c.JupyterHub.authenticator_class == "dummy":
    raise SystemExit(
        "worktest: values.yaml still has the placeholder authenticator, with which everybody logs in as anybody: "
        "put yours under hub.config (README.md, step 3)"
    )
