"""The words of the product: articles, their structure, feeds, and what happened to them.

Everything here is an immutable value. Times are `datetime` in UTC, aware; languages are BCP 47
tags (`en`, `zh-Hant`, `ja`); ids are positive integers that are never used twice.
"""

from digest.model.articles import (
    SUBJECT,
    UNJUDGED,
    Article,
    Draft,
    Entity,
    EntityCount,
    EntityMark,
    Highlight,
    Mention,
    Relevance,
    Revision,
    Saved,
    SaveStatus,
    Summary,
    Version,
)
from digest.model.briefs import Brief, BriefStory, Gathering, Quote
from digest.model.feeds import FeedState, FeedStatus, PageRetry, Vitals
from digest.model.reports import (
    Added,
    AddFailure,
    AddReport,
    AlreadyThere,
    FeedOutcome,
    FetchProgress,
    FetchReport,
)
from digest.model.text import Block, BlockKind, Mark, Snippet, Span

__all__ = [
    "SUBJECT",
    "UNJUDGED",
    "AddFailure",
    "AddReport",
    "Added",
    "AlreadyThere",
    "Article",
    "Block",
    "BlockKind",
    "Brief",
    "BriefStory",
    "Draft",
    "Entity",
    "EntityCount",
    "EntityMark",
    "FeedOutcome",
    "FeedState",
    "FeedStatus",
    "FetchProgress",
    "FetchReport",
    "Gathering",
    "Highlight",
    "Mark",
    "Mention",
    "PageRetry",
    "Quote",
    "Relevance",
    "Revision",
    "SaveStatus",
    "Saved",
    "Snippet",
    "Span",
    "Summary",
    "Version",
    "Vitals",
]
