"""What pages of the staff show besides what Django's do."""

from django import template

from reelive.staff import deed_of

register = template.Library()
register.filter("deed", deed_of)
