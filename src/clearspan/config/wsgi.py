"""What the web server runs."""

import os

from django.core.wsgi import get_wsgi_application

from clearspan.config.garbage import settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clearspan.config.settings")
application = get_wsgi_application()
settle()  # after everything is loaded
