"""``ukrcorpus release``: what changed between releases, which number is next, whether one is whole, what is public."""

import json
from pathlib import Path

import click

from ukrcorpus.cli.publish import list_versions, publish
from ukrcorpus.cli.purge import purge

FOLDER = click.Path(file_okay=False, path_type=Path)


@click.group()
def release() -> None:
    """Compare, number, verify, publish and record releases.

    Example: ukrcorpus release version
    """


release.add_command(publish)
release.add_command(purge)
release.add_command(list_versions)


@release.command()
@click.argument("old", type=FOLDER, metavar="OLD")
@click.argument("new", type=FOLDER, metavar="NEW")
@click.option("--json", "as_json", is_flag=True, help="Print every change as JSON.")
@click.option("--changelog", is_flag=True, help="Print a draft of the changelog's Data part.")
@click.option("--page", type=click.Path(path_type=Path), metavar="FILE", help="Write a page to read as well.")
def diff(old: Path, new: Path, as_json: bool, changelog: bool, page: Path | None) -> None:
    """Say what changed between two release folders, why, and what it does to the discourse network.

    Example: ukrcorpus release diff dist/ukrcorpus-sample-0.1.0 dist/ukrcorpus-sample-0.2.0
    """
    from ukrcorpus.core.tables import write_text
    from ukrcorpus.derive.folder import open_folder
    from ukrcorpus.release.diffs import changelog as diff_changelog
    from ukrcorpus.release.diffs import page as diff_page
    from ukrcorpus.release.diffs import report as diff_report
    from ukrcorpus.release.diffs.diff import diff_releases, state_of

    before, after = (state_of(open_folder(path, verify=True)) for path in (old, new))
    found = diff_releases(before, after)
    if note := diff_report.order_note(found):
        click.echo(note, err=True)
    if page:
        write_text(page, diff_page.as_page(found))
        click.echo(f"wrote {page}", err=True)
    if as_json:
        click.echo(json.dumps(diff_report.as_json(found), ensure_ascii=False, indent=2))
    else:
        click.echo(diff_changelog.as_changelog(found) if changelog else diff_report.as_text(found))


@release.command()
@click.option(
    "--against",
    type=FOLDER,
    metavar="DIR",
    help="A release; the published one of this version or the newest other in dist/, if not given.",
)
@click.pass_obj
def version(root: Path, /, against: Path | None) -> None:
    """Say the least version that the tables in build/corpus/ may have, and why.

    Example: ukrcorpus release version --against dist/ukrcorpus-sample-0.1.0
    """
    from ukrcorpus.core.project import Project
    from ukrcorpus.release.next_version import next_version

    click.echo(next_version(Project.open(root), against))


@release.command()
@click.argument("place", metavar="DIR|URL")
@click.option("--rebuild", is_flag=True, help="Build it again from the project, elsewhere, and compare every byte.")
@click.option("--json", "as_json", is_flag=True, help="Print the whole report as JSON.")
@click.pass_obj
def verify(root: Path, /, place: str, rebuild: bool, as_json: bool) -> None:
    """Prove that a release is whole and agrees with itself; exit 1 if it is not what it says.

    Sums, tables, logical hashes, every rule that a release alone can answer, card, Croissant and citation are asked.
    It changes nothing; a release at an address (https, s3, hf) is copied first. The report names each rule that it
    could not ask, and why.

    Example: ukrcorpus release verify dist/ukrcorpus-sample-0.1.0
    """
    from ukrcorpus.core.project import Project
    from ukrcorpus.release.verify.run import verify_at

    report = verify_at(place, Project.open(root) if rebuild else None)
    click.echo(json.dumps(report.as_json(), ensure_ascii=False, indent=2) if as_json else report.as_text())
    raise SystemExit(1 if report.n_errors else 0)


@release.command()
@click.argument("folder", type=FOLDER, metavar="[DIR]", required=False)
@click.option("--check", is_flag=True, help="Write nothing; fail if it is not recorded with these rows and articles.")
@click.pass_obj
def record(root: Path, /, folder: Path | None, *, check: bool) -> None:
    """Record a published release: its articles keep their splits for ever, and its number its rows.

    Commit published.jsonl and releases.jsonl then. Without DIR it is the release of the present version in dist/.
    Where a tag publishes, record the release before the tag: what was built is what comes of the tag.

    Example: ukrcorpus release record dist/ukrcorpus-sample-0.1.0
    """
    from ukrcorpus.core.project import Project
    from ukrcorpus.release.publishing.recorded import check_recorded, record_release

    project = Project.open(root)
    click.echo(check_recorded(project, folder) if check else record_release(project, folder).as_text())
