"""Python's `fitbit` package: logs in to the server at the given address, reads profile, devices and
heart rate, and refreshes a token that ran out on the way. Prints one JSON document.

python fitbit_python_client.py BASE_URL CLIENT_ID CLIENT_SECRET DAY
"""

import json
import sys

import requests
from fitbit import Fitbit
from fitbit.api import FitbitOauth2Client
from fitbit.exceptions import HTTPBadRequest, HTTPTooManyRequests

base, client_id, client_secret, day = sys.argv[1:]

# The package's own addresses, all of which can be set.
Fitbit.API_ENDPOINT = base
FitbitOauth2Client.API_ENDPOINT = base
FitbitOauth2Client.authorization_url = base + "/oauth2/authorize"
FitbitOauth2Client.request_token_url = base + "/oauth2/token"
FitbitOauth2Client.access_token_url = base + "/oauth2/token"
FitbitOauth2Client.refresh_token_url = base + "/oauth2/token"

redirect_uri = "http://127.0.0.1:9/"
login = Fitbit(client_id, client_secret, redirect_uri=redirect_uri)
url, _ = login.client.authorize_token_url(scope=["heartrate", "profile", "settings"])
consent = requests.get(url, allow_redirects=False)
code = requests.utils.urlparse(consent.headers["Location"]).query.split("code=")[1].split("&")[0]
token = login.client.fetch_access_token(code)

refreshed = []
fitbit = Fitbit(
    client_id,
    client_secret,
    access_token=token["access_token"],
    refresh_token=token["refresh_token"],
    refresh_cb=refreshed.append,
)


def error_of(call):
    try:
        call()
        return None
    except (HTTPBadRequest, HTTPTooManyRequests) as error:
        return [type(error).__name__, str(error), getattr(error, "retry_after_secs", None)]


def heart(**window):
    return fitbit.intraday_time_series("activities/heart", base_date=day, detail_level="1sec", **window)


print(json.dumps({
    "profile": fitbit.user_profile_get(),
    "devices": fitbit.get_devices(),
    "unbounded": heart(),
    "bounded": heart(start_time="00:00", end_time="23:59"),
    "series": fitbit.time_series("activities/heart", base_date=day, period="7d"),
    "wrong": error_of(lambda: fitbit.time_series("activities/superjump", base_date=day, period="1d")),
    "limited": error_of(lambda: [fitbit.get_devices() for _ in range(150)]),
    "refreshed": refreshed,
}))
