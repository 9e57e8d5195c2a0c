"""What is loaded before a worker answers its first request."""

import subprocess
import sys


def test_views_are_loaded_with_the_application():
    program = "import config.wsgi, sys; assert 'indicators.views.overview' in sys.modules"
    subprocess.run([sys.executable, "-c", program], check=True)
