"""First passwords for the people of a hub whose authenticator is FirstUseAuthenticator: nobody takes another's name.

Without one, whoever first logs in under a name chooses its password. Run by The Littlest JupyterHub's own Python, as
root. Who has a password keeps it; the new ones are added to the file that --to names.
"""

import argparse
import dbm
import os
import secrets

import bcrypt

KEPT = "/opt/tljh/state/passwords.dbm"


def main() -> None:
    """Give a password to each name that has none."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", required=True)
    parser.add_argument("--kept", default=KEPT)
    parser.add_argument("names", nargs="+")
    told = parser.parse_args()
    os.umask(0o077)
    with dbm.open(told.kept, "c", 0o600) as kept, open(told.to, "a", encoding="utf-8") as out:
        os.chmod(told.to, 0o600)
        for name in dict.fromkeys(told.names):
            if name.encode() in kept:
                continue
            password = secrets.token_urlsafe(12)
            kept[name.encode()] = bcrypt.hashpw(password.encode(), bcrypt.gensalt())
            out.write(f"{name}  {password}\n")


if __name__ == "__main__":
    main()
