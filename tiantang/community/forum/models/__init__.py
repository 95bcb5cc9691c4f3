"""Boards hold topics, topics hold posts, posts hold comments."""

from tiantang.community.forum.models.boards import Board, BoardGroup
from tiantang.community.forum.models.posts import Comment, Picture, Post, PostRevision
from tiantang.community.forum.models.reactions import Bookmark, Like, ReadMark, Share
from tiantang.community.forum.models.removals import Removal
from tiantang.community.forum.models.topics import Tag, Topic, TopicLink

__all__ = [
    "Board",
    "BoardGroup",
    "Bookmark",
    "Comment",
    "Like",
    "Picture",
    "Post",
    "PostRevision",
    "ReadMark",
    "Removal",
    "Share",
    "Tag",
    "Topic",
    "TopicLink",
]
