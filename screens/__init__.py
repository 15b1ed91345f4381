"""One Textual screen per business, management and report.

Importing this package sets the terminal's manners (`screens.early`) before Textual can read them.
"""

from screens.early import prepare_environment

prepare_environment()
