"""What the web server runs."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clearspan.config.settings")
application = get_wsgi_application()
gc.collect()
gc.freeze()  # the application is never garbage; looking it through doubled the pauses (docs/benchmarks.md, pages)
