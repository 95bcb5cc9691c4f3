"""The definitions again, in plain Python with dictionaries and loops, sharing nothing with the product.

Written from the sentences of the metric definitions alone; slow on purpose. ``Past`` holds events as
dictionaries with the lake's columns; answers are (value, numerator, denominator, n).
"""

from __future__ import annotations

import math
from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

HOUR = 3600 * 10**6
CLASSES = {"members": {0, 1}, "staff": {2}, "all": {0, 1, 2}}
CONTRIBUTIONS = {20, 21, 22}


class Past:
    """What happened, and what it amounts to. ``now`` is in microseconds."""

    def __init__(self, events, zone, now):
        self.events = sorted(events, key=lambda e: e["ts_us"])
        self.zone = ZoneInfo(zone)
        self.now = now
        for event in self.events:
            local = datetime.fromtimestamp(event["ts_us"] / 10**6, UTC).astimezone(self.zone)
            event["day"], event["hour"] = local.date(), local.hour

    def begins(self, day: date) -> int:
        return round(datetime.combine(day, time(), self.zone).timestamp()) * 10**6

    @property
    def today(self) -> date:
        return datetime.fromtimestamp(self.now / 10**6, UTC).astimezone(self.zone).date()

    def counted(self, start, end, who="members", board=None):
        """Events of days in [start, end) by those who count."""
        return [
            e
            for e in self.events
            if start <= e["day"] < end and e["actor_class"] in CLASSES[who] and board in (None, e["board"])
        ]

    # people

    def people(self, start, end, who, board, codes=None):
        found = set()
        for e in self.counted(start, end, who, board):
            if e["subject"] > 0 and (codes is None or e["event"] in codes):
                found.add(e["subject"])
        return found

    def active_members(self, start, end, who="members", board=None):
        return whole(len(self.people(start, end, who, board)))

    def contributing_members(self, start, end, who="members", board=None):
        return whole(len(self.people(start, end, who, board, CONTRIBUTIONS)))

    def engaged_members(self, start, end, who="members", board=None):
        return whole(len(self.people(start, end, who, board, CONTRIBUTIONS | {23, 27})))

    def mean_days(self, start, end):
        """Days a mean is taken over: finished ones, and the first while it runs."""
        days = [start + timedelta(days=i) for i in range((end - start).days)]
        return [d for d in days if d < self.today or (d == start and d <= self.today)]

    def dau(self, start, end, who="members", board=None):
        days = self.mean_days(start, end)
        sizes = [len(self.people(d, d + timedelta(days=1), who, board)) for d in days]
        return (sum(sizes) / len(days) if days else None, sum(sizes), len(days), len(days))

    def trailing(self, last, width, who, board):
        return len(self.people(last - timedelta(days=width - 1), last + timedelta(days=1), who, board))

    def wau(self, start, end, who="members", board=None):
        return whole(self.trailing(min(end - timedelta(days=1), self.today), 7, who, board))

    def mau(self, start, end, who="members", board=None):
        return whole(self.trailing(min(end - timedelta(days=1), self.today), 30, who, board))

    def stickiness(self, start, end, who="members", board=None):
        shares = []
        for day in self.mean_days(start, end):
            month = self.trailing(day, 30, who, board)
            if month:
                shares.append(self.trailing(day, 1, who, board) / month)
        return (sum(shares) / len(shares) if shares else None, sum(shares), len(shares), len(shares))

    # lifecycle

    def joined(self, who):
        """The first sign-up of each member, as its event."""
        first = {}
        for e in self.events:
            if e["event"] == 10 and e["subject"] > 0 and e["actor_class"] in CLASSES[who]:
                first.setdefault(e["subject"], e)
        return first

    def new_members(self, start, end, who="members", board=None):
        return whole(sum(start <= e["day"] < end for e in self.joined(who).values()))

    def interval(self, start, end, before, who):
        now, then = self.people(start, end, who, None), self.people(before, start, who, None)
        new = {s for s, e in self.joined(who).items() if start <= e["day"] < end}
        return now, then, new

    def returning_members(self, start, end, who="members", board=None, before=None):
        now, then, new = self.interval(start, end, before, who)
        return whole(len([s for s in now if s in then and s not in new]))

    def resurrecting_members(self, start, end, who="members", board=None, before=None):
        now, then, new = self.interval(start, end, before, who)
        return whole(len([s for s in now if s not in then and s not in new]))

    def dormant_members(self, start, end, who="members", board=None, before=None):
        now, then, _ = self.interval(start, end, before, who)
        return whole(len([s for s in then if s not in now]))

    def retention(self, start, end, who="members", board=None):
        size = back = 0
        for subject, e in self.joined(who).items():
            if not start <= e["day"] < end:
                continue
            monday = e["day"] - timedelta(days=e["day"].weekday()) + timedelta(days=7)
            sunday_over = monday + timedelta(days=7)
            if sunday_over > self.today:
                continue
            size += 1
            back += subject in self.people(monday, sunday_over, who, None)
        return share(back, size)

    # content

    def gone(self, removed, restored):
        last = {}
        for e in self.events:
            if e["event"] in (removed, restored):
                seen = last.get(e["object_id"])
                stronger = seen is None or e["ts_us"] > seen[0] or e["event"] == restored
                if stronger:
                    last[e["object_id"]] = (e["ts_us"], e["event"])
        return {piece for piece, (_, event) in last.items() if event == removed}

    def pieces(self, start, end, who, board):
        """Topics, replies and comments of the period that are still there."""
        topics, posts, comments = self.gone(30, 33), self.gone(31, 34), self.gone(32, 39)
        found = defaultdict(list)
        for e in self.counted(start, end, who, board):
            if e["event"] == 20 and e["object_id"] not in topics:
                found["topics"].append(e)
            if e["event"] == 21 and e["object_id"] not in posts and e["topic"] not in topics:
                found["replies"].append(e)
            if e["event"] == 22 and e["object_id"] not in comments and e["topic"] not in topics:
                found["comments"].append(e)
        return found

    def topics(self, start, end, who="members", board=None):
        return whole(len(self.pieces(start, end, who, board)["topics"]))

    def replies(self, start, end, who="members", board=None):
        return whole(len(self.pieces(start, end, who, board)["replies"]))

    def posts(self, start, end, who="members", board=None):
        found = self.pieces(start, end, who, board)
        return whole(len(found["topics"]) + len(found["replies"]))

    def comments(self, start, end, who="members", board=None):
        return whole(len(self.pieces(start, end, who, board)["comments"]))

    def standing(self, code, start, end, who, board):
        """Likes or bookmarks of the period that their giver did not take back at or after that moment."""
        taken = defaultdict(list)
        for e in self.events:
            if e["event"] == code + 1 and e["subject"] > 0:
                taken[e["subject"], e["object_id"]].append(e["ts_us"])
        given = [e for e in self.counted(start, end, who, board) if e["event"] == code]
        return sum(all(t < e["ts_us"] for t in taken.get((e["subject"], e["object_id"]), [])) for e in given)

    def likes(self, start, end, who="members", board=None):
        return whole(self.standing(23, start, end, who, board))

    def bookmarks(self, start, end, who="members", board=None):
        return whole(self.standing(25, start, end, who, board))

    def shares(self, start, end, who="members", board=None):
        return whole(sum(e["event"] == 27 for e in self.counted(start, end, who, board)))

    def visits(self, start, end, who="members", board=None):
        return whole(sum(e["event"] == 1 for e in self.counted(start, end, who, board)))

    def concentration(self, start, end, who="members", board=None):
        counts = defaultdict(int)
        for e in self.counted(start, end, who, board):
            if e["event"] in CONTRIBUTIONS and e["subject"] > 0:
                counts[e["subject"]] += 1
        ranked = sorted(counts.values(), reverse=True)
        top = sum(ranked[: math.ceil(len(ranked) / 10)])
        return (top / sum(ranked) if ranked else None, top, sum(ranked), len(ranked))

    # answers

    def due_topics(self, start, end, who, board):
        """Seconds to the first response (None: not in time) of every topic whose 72 hours are over."""
        removed, waits = self.gone(31, 34), []
        for topic in self.pieces(start, end, who, board)["topics"]:
            at = topic["ts_us"]
            if at + 72 * HOUR > self.now:
                continue
            moments = [
                e["ts_us"]
                for e in self.events
                if e["event"] == 21
                and e["topic"] == topic["object_id"]
                and e["object_id"] not in removed
                and e["subject"] > 0
                and e["subject"] != topic["subject"]
                and e["actor_class"] != 3
            ]
            wait = min(moments) - at if moments else None
            waits.append(None if wait is None or wait > 72 * HOUR else max(wait, 0) / 10**6)
        return waits

    def reply_rate(self, start, end, who="members", board=None):
        waits = self.due_topics(start, end, who, board)
        return share(sum(w is not None for w in waits), len(waits))

    def unanswered_rate(self, start, end, who="members", board=None):
        waits = self.due_topics(start, end, who, board)
        return share(sum(w is None for w in waits), len(waits))

    def time_to_first_response(self, start, end, who="members", board=None, q=0.5):
        waits = self.due_topics(start, end, who, board)
        answered = sorted(w for w in waits if w is not None)
        return (quantile(answered, q), len(answered), len(waits), len(answered))

    def time_to_first_response_p90(self, start, end, who="members", board=None):
        return self.time_to_first_response(start, end, who, board, q=0.9)

    def report_rate(self, start, end, who="members", board=None):
        found = self.pieces(start, end, who, board)
        pieces = sum(len(found[kind]) for kind in ("topics", "replies", "comments"))
        reports = sum(e["event"] == 40 for e in self.counted(start, end, who, board))
        return (1000 * reports / pieces if pieces else None, reports, pieces, pieces)

    def report_validity(self, start, end, who="members", board=None):
        known = {
            e["object_id"]
            for e in self.events
            if e["event"] == 40 and e["actor_class"] in CLASSES[who] and board in (None, e["board"])
        }
        back = {}
        for e in self.events:
            if e["event"] == 43:
                back[e["object_id"]] = max(back.get(e["object_id"], -1), e["ts_us"])
        decided = [
            e["event"]
            for e in self.events
            if e["event"] in (41, 42)
            and start <= e["day"] < end
            and e["object_id"] in known
            and e["ts_us"] > back.get(e["object_id"], -1)
        ]
        return share(decided.count(41), len(decided))

    def interaction_rate(self, start, end, who="members", board=None):
        acts = sum(
            metric(start, end, who, board)[1]
            for metric in (self.comments, self.likes, self.shares, self.bookmarks)
        )
        viewers = set()
        for e in self.counted(start, end, who, board):
            if e["event"] == 1 and e["topic"] > 0:
                if e["subject"] > 0:
                    viewers.add(("member", e["subject"]))
                elif e["visitor"]:
                    viewers.add(("browser", e["visitor"]))
        return share(acts, len(viewers))

    # sessions

    def all_sessions(self):
        """Lists of events: one visitor, gaps of at most 30 minutes, cut every 24 hours."""
        by_visitor = defaultdict(list)
        for e in self.events:
            if e["visitor"]:
                by_visitor["browser", e["visitor"]].append(e)
            elif e["subject"] > 0:
                by_visitor["member", e["subject"]].append(e)
        found = []
        for marks in by_visitor.values():
            run_start = last = None
            for e in marks:
                if last is None or e["ts_us"] - last > HOUR // 2:
                    run_start, part = e["ts_us"], 0
                    found.append([])
                elif (e["ts_us"] - run_start) // (24 * HOUR) != part:
                    part = (e["ts_us"] - run_start) // (24 * HOUR)
                    found.append([])
                last = e["ts_us"]
                found[-1].append(e)
        return found

    def own_sessions(self, start, end, who):
        return [
            marks
            for marks in self.all_sessions()
            if start <= marks[0]["day"] < end and max(e["actor_class"] for e in marks) in CLASSES[who]
        ]

    def sessions(self, start, end, who="members", board=None):
        return whole(len(self.own_sessions(start, end, who)))

    def time_on_site(self, start, end, who="members", board=None):
        found, seconds = self.own_sessions(start, end, who), 0.0
        for marks in found:
            if any(e["event"] in (1, 2) for e in marks):
                seconds += sum(e["value"] for e in marks if e["event"] == 2) / 1000
            else:
                seconds += (marks[-1]["ts_us"] - marks[0]["ts_us"]) / 10**6
        return share(seconds, len(found))

    def visit_depth(self, start, end, who="members", board=None):
        found = self.own_sessions(start, end, who)
        views = sum(e["event"] == 1 for marks in found for e in marks)
        return (views / len(found) if views else None, views, len(found), len(found))

    # funnel

    def funnel(self, start, end, who="members", board=None):
        _, _, _, back, base = self.funnel_steps(start, end, who)
        return share(back, base)

    def funnel_steps(self, start, end, who="members"):
        month, first_view = 30 * 24 * HOUR, {}
        for e in self.events:
            if e["event"] == 1 and e["visitor"] and e["actor_class"] in CLASSES[who]:
                first_view.setdefault(e["visitor"], e)
        cohort = {v: e["ts_us"] for v, e in first_view.items() if start <= e["day"] < end}
        has_views = self.visits(start, end, who)[1] > 0
        browsers = defaultdict(int)
        for e in self.events:
            if e["event"] == 10 and e["subject"] > 0 and e["actor_class"] in CLASSES[who]:
                browsers[e["subject"]] = max(browsers[e["subject"]], e["visitor"])
        signed = {}
        for subject, e in self.joined(who).items():
            seen = cohort.get(browsers[subject])
            if seen is not None and -24 * HOUR <= e["ts_us"] - seen <= month:
                signed[subject] = e
            if not has_views and start <= e["day"] < end:
                signed[subject] = e
        posted, back = {}, set()
        for e in self.events:
            join = signed.get(e["subject"])
            fits = join and e["actor_class"] in CLASSES[who] and e["event"] in (20, 21)
            if fits and e["day"] >= join["day"] and e["ts_us"] - join["ts_us"] <= month:
                posted.setdefault(e["subject"], e)
        for e in self.events:
            post = posted.get(e["subject"])
            later = post and e["actor_class"] in CLASSES[who] and e["day"] > post["day"]
            if later and e["ts_us"] - post["ts_us"] <= month:
                back.add(e["subject"])
        base = len(cohort) if has_views else len(signed)
        return (len(cohort) if has_views else None, len(signed), len(posted), len(back), base)


def whole(count):
    return (count, count, None, count)


def share(part, of):
    return (part / of if of else None, part, of, of)


def quantile(ordered, q):
    """Linear between the two nearest ranks."""
    if not ordered:
        return None
    place = (len(ordered) - 1) * q
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)
