"""What is loaded before a worker answers its first request."""

import subprocess
import sys


def test_views_are_loaded_with_the_application():
    program = "import config.wsgi, sys; assert 'indicators.views.overview' in sys.modules"
    subprocess.run([sys.executable, "-c", program], check=True)


def test_templates_are_compiled_with_the_application():
    program = """
import config.wsgi
from django.template import engines
[cached] = engines["django"].engine.template_loaders
assert len(cached.get_template_cache) > 200, len(cached.get_template_cache)
assert cached.cache_key("submissions/submission.html") in cached.get_template_cache
"""
    subprocess.run([sys.executable, "-c", program], check=True)
