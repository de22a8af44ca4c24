"""Places: the administrative units a text names (``units_in``), and where a document is from (``locate``)."""

from tifa.marking.home import Found, home_of, locate
from tifa.marking.units import Home, Unit, units_in

__all__ = ["Found", "Home", "Unit", "home_of", "locate", "units_in"]
