# ngshare, of the commit that was tried: its release 0.6.0 keeps nothing with SQLAlchemy 2
FROM python:3.12-slim-bookworm

ARG JUPYTERHUB
ARG NGSHARE
RUN pip install --no-cache-dir "jupyterhub==${JUPYTERHUB}" "sqlalchemy>=2,<2.2" "tornado>=6.5,<7" requests \
        "https://github.com/LibreTexts/ngshare/archive/${NGSHARE}.tar.gz"

USER 65535:65535
ENTRYPOINT ["python3", "-m", "ngshare"]
