"""Runs a notebook in its own folder by Jupyter's nbclient: execute_notebook.py FROM TO."""

import pathlib
import sys

import nbclient
import nbformat

source, target = map(pathlib.Path, sys.argv[1:])
notebook = nbformat.read(source, as_version=4)
nbclient.NotebookClient(
    notebook,
    kernel_name="deno",
    timeout=300,
    record_timing=False,
    resources={"metadata": {"path": str(source.parent)}},
).execute()
nbformat.write(notebook, target)
