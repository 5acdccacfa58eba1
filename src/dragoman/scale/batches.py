"""The same coder inside somebody else's engine: a callable over column batches, as Ray Data's `map_batches` wants it.

    import ray
    rows = ray.data.read_parquet("s3://archive/")                     # columns text, date, source, ...
    mentions = rows.map_batches(BatchCoder, batch_size=64, concurrency=32)
    mentions.write_parquet("s3://coded/mentions/")

Nothing here imports Ray: any engine that hands over columns will do.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from dragoman.ingest import Options
from dragoman.ingest.files import to_report
from dragoman.ingest.tables import row_document
from dragoman.pipeline import Tools, code_reports
from dragoman.records import Problem, Report
from dragoman.records.codec import mention_to_json

Batch = Mapping[str, Sequence[Any]]


class BatchCoder:
    """Columns of reports in, columns of event mentions out; one per process, loaded when first called.

    Args:
        columns: Our field name -> the input's column name, as `dragoman code --column`.
        knowledge: Folder of the user's own knowledge files.
    """

    def __init__(self, columns: Mapping[str, str] | None = None, knowledge: Path | None = None) -> None:
        self._options = Options(columns=columns or {})
        self._tools = Tools.load(knowledge=knowledge)

    def __call__(self, batch: Batch) -> dict[str, list[Any]]:
        """One row per event mention, and one per report that was set aside (`problem` filled, `mention` null).

        Columns out: report_id, report (JSON of id, text, title, source, url, published), mention (JSON with the design's
        field names), problem (JSON). The columns are there whether or not there are rows.
        """
        names = list(batch)
        out: dict[str, list[Any]] = {name: [] for name in ("report_id", "report", "mention", "problem")}
        reports: list[Report] = []
        for values in zip(*(batch[name] for name in names), strict=True):
            raw = row_document(dict(zip(names, values, strict=True)), self._options.columns, "")
            item = to_report(raw, "batch", self._options)
            if isinstance(item, Report):
                reports.append(item)
            else:
                self._put(out, None, None, item)
        for coded in code_reports(reports, self._tools):
            if coded.problem:
                self._put(out, coded.report, None, coded.problem)
            for mention in coded.mentions:
                self._put(out, coded.report, mention_to_json(mention), None)
        return out

    @staticmethod
    def _put(
        out: dict[str, list[Any]], report: Report | None, mention: dict[str, Any] | None, problem: Problem | None
    ) -> None:
        about = None
        if report is not None:
            about = {
                "id": report.id, "text": report.text, "title": report.title, "source": report.source, "url": report.url,
                "published": report.published.isoformat() if report.published else None,
            }  # fmt: skip
        out["report_id"].append(report.id if report else None)
        out["report"].append(json.dumps(about, ensure_ascii=False) if about else None)
        out["mention"].append(json.dumps(mention, ensure_ascii=False) if mention else None)
        out["problem"].append(
            json.dumps({"kind": problem.kind, "reason": problem.reason, "remedy": problem.remedy}) if problem else None
        )
