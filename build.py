#!/usr/bin/env python3
"""The door: python build.py [build|check|serve|explain] …"""

import sys

if sys.version_info < (3, 11):
    sys.exit("microsite vraagt Python 3.11 of nieuwer.")

from microsite.cli import main

if __name__ == "__main__":
    sys.exit(main())
