"""The charts of a report as Vega-Lite, built with Altair. Their rows are named data, which the page fills and filters."""

from __future__ import annotations

from typing import Any

from extractor.pages import labels

WIDTH: Any = "container"


def charts(language: int) -> dict[str, dict[str, Any]]:
    """Every chart by the name of its place on the page. Rows carry in `r` the sentences that they come from.

    `language`: 0 for Vietnamese, 1 for English, as in `labels.Words`.
    """
    made = {
        "by-month": _by_month(language),
        "by-kind": _bars(("Kết quả", "Records")[language]),
        "by-check": _bars(("Kết quả", "Records")[language]),
        "by-failure": _bars(("Mục", "Items")[language]),
        "over-time": _over_time(language),
        "compared": _compared(language),
        "planned": _planned(language),
        "map": _map(language),
        "people": _people(language),
        "people-time": _people_time(language),
    }
    return {name: chart.to_dict() for name, chart in made.items()}


def _base(**names: Any) -> Any:
    import altair as alt

    fit: Any = alt.AutoSizeParams(type="fit-x", contains="padding")
    return alt.Chart(alt.NamedData(name="rows"), width=WIDTH, autosize=fit, **names)


_SCALES = ((1e12, (" nghìn tỷ", " trillion")), (1e9, (" tỷ", " billion")), (1e6, (" triệu", " million")))


def _amounts(language: int) -> Any:
    """Labels as one says them: 350 tỷ, 3,7 triệu."""
    import altair as alt

    words = "format(datum.value, ',')"
    for scale, names in reversed(_SCALES):
        told = f"format(datum.value / {scale:.0f}, ',') + '{names[language]}'"
        words = f"abs(datum.value) >= {scale:.0f} ? {told} : {words}"
    return alt.Axis(labelExpr=words, tickCount=6)


def _times() -> Any:
    import altair as alt

    return alt.Axis(format="%m/%Y", labelOverlap=True, labelSeparation=12, tickCount=8)


def _counts() -> Any:
    import altair as alt

    return alt.Axis(labelExpr="datum.value == floor(datum.value) ? format(datum.value, ',') : ''")


def _by_month(language: int) -> Any:
    import altair as alt

    return _base(height=180).mark_bar(cursor="pointer").encode(
        x=alt.X("label:O", title=None, axis=alt.Axis(labelOverlap=True)),
        y=alt.Y("n:Q", title=None, axis=_counts()),
        tooltip=[alt.Tooltip("label:N", title=("Tháng", "Month")[language]), alt.Tooltip("n:Q", title=("Bài", "Articles")[language])],
    )  # fmt: skip


def _bars(count: str) -> Any:
    import altair as alt

    return _base(height=alt.Step(24)).mark_bar(cursor="pointer").encode(
        y=alt.Y("label:N", title=None, sort="-x", axis=alt.Axis(labelLimit=230)),
        x=alt.X("n:Q", title=None, axis=_counts()),
        tooltip=[alt.Tooltip("label:N", title=" "), alt.Tooltip("n:Q", title=count)],
    )  # fmt: skip


_TOLD = {
    "place:N": labels.FIELDS["place"],
    "label:N": labels.FIELDS["period"],
    "shown:N": labels.FIELDS["value"],
    "stands:N": labels.FIELDS["status"],
    "quote:N": ("Nguyên văn", "Quote"),
}


def _told(language: int) -> list[Any]:
    import altair as alt

    return [alt.Tooltip(field, title=title[language]) for field, title in _TOLD.items()]


def _stands(language: int) -> list[str]:
    return [labels.value("actual")[language], labels.value("planned")[language]]


def _over_time(language: int) -> Any:
    import altair as alt

    base = alt.Chart(width=WIDTH, height=320).encode(
        x=alt.X("at:T", title=None, axis=_times()),
        y=alt.Y("value:Q", title=None, axis=_amounts(language)),
        color=alt.Color("place:N", title=None),
    )
    line = base.mark_line(strokeWidth=2, opacity=0.5).encode(
        detail="status:N",
        strokeDash=alt.StrokeDash(
            "stands:N", legend=None, scale=alt.Scale(domain=_stands(language), range=[[1, 0], [6, 4]])
        ),
    )
    points = base.mark_point(size=90, cursor="pointer", strokeWidth=2).encode(
        shape=alt.Shape(
            "stands:N", title=None, scale=alt.Scale(domain=_stands(language), range=["circle", "square"])
        ),
        fillOpacity=alt.condition("datum.status == 'actual'", alt.value(0.9), alt.value(0)),
        fill=alt.Fill("place:N", legend=None),
        tooltip=_told(language),
    )
    return alt.layer(line, points, data=alt.NamedData(name="rows")).properties(width=WIDTH, height=320)


def _compared(language: int) -> Any:
    import altair as alt

    return _base(height=alt.Step(22)).mark_bar(cursor="pointer").encode(
        y=alt.Y("place:N", title=None, sort="-x"),
        x=alt.X("value:Q", title=None, axis=_amounts(language)),
        tooltip=_told(language),
    )  # fmt: skip


def _planned(language: int) -> Any:
    import altair as alt

    return _base(height=alt.Step(13)).mark_bar(cursor="pointer").encode(
        y=alt.Y("where:N", title=None),
        yOffset=alt.YOffset("stands:N"),
        x=alt.X("value:Q", title=None, axis=_amounts(language)),
        color=alt.Color("stands:N", title=None, scale=alt.Scale(domain=_stands(language))),
        tooltip=_told(language),
    )  # fmt: skip


def _map(language: int) -> Any:
    """Points alone: the districts of the whole country, in grey, draw its outline."""
    import altair as alt

    ground = alt.Chart(alt.NamedData(name="ground")).mark_circle(size=7, opacity=0.35, color="#9a948a").encode(
        longitude="longitude:Q", latitude="latitude:Q"
    )  # fmt: skip
    units = alt.Chart(alt.NamedData(name="rows")).mark_circle(opacity=0.6, cursor="pointer", stroke="white", strokeWidth=0.6).encode(
        longitude="longitude:Q",
        latitude="latitude:Q",
        size=alt.Size("n:Q", title=None, scale=alt.Scale(range=[12, 900])),
        color=alt.Color("level:N", title=None),
        order=alt.Order("n:Q", sort="descending"),
        tooltip=[alt.Tooltip("label:N", title=("Đơn vị", "Unit")[language]), alt.Tooltip("shown:N", title=" ")],
    )  # fmt: skip
    return alt.layer(ground, units).properties(width=WIDTH, height=620).project(type="mercator")


def _people(language: int) -> Any:
    import altair as alt

    return _base(height=alt.Step(21)).mark_bar(cursor="pointer").encode(
        y=alt.Y("name:N", title=None, sort=alt.EncodingSortField("n", op="sum", order="descending")),
        x=alt.X("n:Q", title=None, axis=_counts()),
        color=alt.Color("office:N", legend=None),
        tooltip=[alt.Tooltip("name:N", title=("Tên", "Name")[language]), alt.Tooltip("office:N", title=("Chức vụ", "Office")[language]), alt.Tooltip("n:Q", title=("Số lần", "Times")[language])],
    )  # fmt: skip


def _people_time(language: int) -> Any:
    import altair as alt

    return _base(height=alt.Step(21)).mark_circle(size=80, opacity=0.75, cursor="pointer").encode(
        y=alt.Y("name:N", title=None),
        x=alt.X("at:T", title=None, axis=_times()),
        color=alt.Color("office:N", legend=None),
        tooltip=[alt.Tooltip("name:N", title=("Tên", "Name")[language]), alt.Tooltip("office:N", title=("Chức vụ", "Office")[language]), alt.Tooltip("label:N", title=("Ngày", "Day")[language])],
    )  # fmt: skip
