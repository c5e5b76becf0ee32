"""The careful HTTP client: strangers' servers, bounded in every direction.

`client.Client` is the way in; `words` says in plain words what a server's answer means.
"""
