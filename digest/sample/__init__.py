"""The sample edition: short pieces in three languages, written for this program.

It shows the desk at work without a network (`digest demo`). Dates are counted back from the
present, so that it always looks like this week's news; addresses of record are under the reserved
name `sample.example` and the same in every run.
"""
