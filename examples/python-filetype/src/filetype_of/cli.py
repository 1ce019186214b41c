from importlib.metadata import version

import click
import magic


@click.command()
@click.version_option(version("filetype-of"))
@click.argument("files", nargs=-1)
def main(files):
    for file in files or [__file__]:
        click.echo(f"{file}: {magic.from_file(file)}")
