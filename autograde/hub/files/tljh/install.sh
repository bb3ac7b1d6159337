#!/bin/bash
# The Littlest JupyterHub with worktest, for a study group: installs it on a fresh server, or brings it up to this
# folder. Run it as root, in the folder in which it came: sudo bash install.sh
set -euo pipefail
cd "$(dirname "$0")"
# what this group is: COURSES, LEARNERS, ADMIN, ...
# shellcheck source=/dev/null
. ./group.sh

say() { printf '\n== %s\n' "$*"; }
die() { printf 'install.sh: %s\n' "$*" >&2; exit 1; }

[ "$(id -u)" = 0 ] || die "run it as root: sudo bash install.sh"
[ -d /run/systemd/system ] || die "this needs a server that systemd runs, as Ubuntu's are; a container is none"
[ "${PWD#/root/}" != "$PWD" ] || die "this folder holds answers: move it below /root, where nobody else reads it"

say "packages of the system"
export DEBIAN_FRONTEND=noninteractive
apt-get update -q
apt-get install -qy python3 python3-dev python3-venv curl git bubblewrap
# Ubuntu 24.04 lets only named programs make the namespaces in which answers are run
if [ "$(cat /proc/sys/kernel/apparmor_restrict_unprivileged_userns 2>/dev/null || echo 0)" = 1 ]; then
    install -m 644 bwrap.apparmor /etc/apparmor.d/worktest-bwrap
    apparmor_parser -r /etc/apparmor.d/worktest-bwrap
fi

if [ ! -x /opt/tljh/hub/bin/python3 ]; then
    say "The Littlest JupyterHub $TLJH_VERSION"
    curl -fsSL -o bootstrap.py "$TLJH_BOOTSTRAP"
    echo "$TLJH_SHA256  bootstrap.py" | sha256sum --check --quiet || die "bootstrap.py is not the one that was tried"
    python3 bootstrap.py --version "$TLJH_VERSION" --admin "$ADMIN"
fi

say "JupyterHub $JUPYTERHUB_VERSION, worktest"
/opt/tljh/hub/bin/python3 -m pip install -q "jupyterhub==$JUPYTERHUB_VERSION"
if [ -n "$TORCH_INDEX" ]; then
    /opt/tljh/user/bin/python -m pip install -q --index-url "$TORCH_INDEX" "torch==$TORCH_VERSION"
fi
/opt/tljh/user/bin/python -m pip install -q --upgrade "./$WHEEL" "jupyterhub==$JUPYTERHUB_VERSION"
/opt/tljh/user/bin/python -m pip install -q --force-reinstall --no-deps "./$WHEEL"

say "the courses' accounts, the exchange"
groupadd --force --system worktest-graders
install -d -m 755 /srv/nbgrader /srv/worktest
# nbgrader wants everybody to be able to write here; sticky, so that nobody takes a course's folder away
install -d -m 1777 /srv/nbgrader/exchange
for course in $COURSES; do
    account="grader-$course"
    id -u "$account" >/dev/null 2>&1 || useradd --system --create-home --shell /bin/bash "$account"
    usermod --append --groups worktest-graders "$account"
    chmod 700 "/home/$account"
    [ -e "/srv/nbgrader/exchange/$course" ] || install -d -m 755 -o "$account" -g "$account" "/srv/nbgrader/exchange/$course"
    [ "$(stat -c %U "/srv/nbgrader/exchange/$course")" = "$account" ] ||
        die "/srv/nbgrader/exchange/$course belongs to somebody else than $account: move it away"
    # as the account itself: root follows no link that lies in its home
    for file in course/exchange.toml .jupyter/nbgrader_config.py; do
        runuser -u "$account" -- sh -c "mkdir -p ~/${file%/*} && cat > ~/$file" <"courses/$course/${file##*/}"
    done
done

say "worked units, for the courses' accounts only"
rm -rf /srv/worktest/worked.new
install -d -m 700 /srv/worktest/worked.new
tar -xzf worked.tar.gz -C /srv/worktest/worked.new --no-same-owner
chown -R root:worktest-graders /srv/worktest/worked.new
chmod -R u=rwX,g=rX,o= /srv/worktest/worked.new
rm -rf /srv/worktest/worked
mv /srv/worktest/worked.new /srv/worktest/worked
if runuser -u nobody -- ls /srv/worktest/worked >/dev/null 2>&1; then die "everybody can read the worked units"; fi
if [ -n "$(find /opt/tljh/user/lib -path '*/autograde/_solutions/*' -print -quit)" ]; then
    die "the environment holds worked units, which everybody could read: pip uninstall worktest there, and again"
fi

say "settings"
rm -rf /srv/worktest/jupyter
cp -r jupyter /srv/worktest/jupyter
chmod -R u=rwX,go=rX /srv/worktest/jupyter
install -d -m 700 /opt/tljh/config/jupyterhub_config.d
install -m 600 worktest.py /opt/tljh/config/jupyterhub_config.d/worktest.py
install -d -m 755 /etc/systemd/system/jupyterhub.service.d
install -m 644 hub.conf /etc/systemd/system/jupyterhub.service.d/worktest.conf
tljh-config set limits.memory "$MEMORY"
tljh-config set limits.cpu "$CPUS"
tljh-config set services.cull.timeout "$CULL_SECONDS"
tljh-config set services.cull.every 300
if [ -n "$DOMAIN" ]; then
    tljh-config set https.enabled true
    tljh-config set https.letsencrypt.email "$EMAIL"
    tljh-config show | grep -qF -- "- $DOMAIN" || tljh-config add-item https.letsencrypt.domains "$DOMAIN"
fi

say "passwords"
# shellcheck disable=SC2086  # names, one word each
/opt/tljh/hub/bin/python3 passwords.py --to passwords.txt $ADMIN $FACILITATOR $LEARNERS

say "backups"
install -m 700 backup.py /srv/worktest/backup.py
install -m 644 worktest-backup.service worktest-backup.timer /etc/systemd/system/

systemctl daemon-reload
systemctl enable --now worktest-backup.timer
tljh-config reload proxy
tljh-config reload hub
say "done: first passwords are in $PWD/passwords.txt"
[ -n "$DOMAIN" ] || echo "There is no https yet: name the server's domain (autograde hub tljh --domain), and run this again."
