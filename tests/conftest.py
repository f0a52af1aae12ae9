"""What all tests share."""

import os

from hypothesis import settings

# What is said must not depend on whose computer the tests run on.
os.environ["LANGUAGE"] = "en"

# How long one example may take depends on what else the machine is doing; a test that wants a bound measures it itself.
settings.register_profile("roundtable", settings.get_profile(settings.get_current_profile_name()), deadline=None)
settings.load_profile("roundtable")
