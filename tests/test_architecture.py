"""docs/architecture.md names what there is, and the package keeps to what makes it easy to find one's way in."""

from __future__ import annotations

import ast
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "grader"
NO_ROOMS = ("__init__.py", "__main__.py")


def _rooms_of_the_table() -> list[str]:
    """Packages with a slash, and loose modules."""
    document = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    return [
        name for line in re.findall("^\\| (`.*?) \\|", document, re.MULTILINE) for name in re.findall("`(.*?)`", line)
    ]


def _rooms_of_the_tree() -> set[str]:
    packages = {f"{path.parent.name}/" for path in PACKAGE.glob("*/__init__.py")}
    return packages | {path.stem for path in PACKAGE.glob("*.py") if path.name not in NO_ROOMS}


def _layers() -> list[set[str]]:
    """Of the first contract of import-linter, from the top."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = project["tool"]["importlinter"]["contracts"][0]["layers"]
    return [{name.strip().removeprefix("grader.") for name in layer.split(":")} for layer in layers]


def _modules() -> Iterator[Path]:
    """Those of the package, without what `grader new` copies."""
    return (path for path in PACKAGE.rglob("*.py") if not path.is_relative_to(PACKAGE / "cli" / "scaffold"))


def test_the_table_names_every_package_and_loose_module_and_no_other() -> None:
    named = _rooms_of_the_table()
    assert len(named) == len(set(named))
    assert set(named) == _rooms_of_the_tree()


def test_the_table_is_in_the_order_of_the_layers_and_the_layers_have_every_room() -> None:
    layers = _layers()
    named = [name.removesuffix("/") for name in _rooms_of_the_table()]
    heights = [next(height for height, layer in enumerate(layers) if name in layer) for name in named]
    assert heights == sorted(heights)
    assert set().union(*layers) == set(named)


@pytest.mark.parametrize("squashed", [True, False], ids=["packages", "modules"])
def test_nothing_imports_in_a_circle(squashed: bool) -> None:
    graph = grimp.build_graph("grader", cache_dir=None)
    for room in graph.find_children("grader") if squashed else ():
        graph.squash_module(room)
    imports = {name: graph.find_modules_directly_imported_by(name) - {name} for name in graph.modules}
    order = [*TopologicalSorter(imports).static_order()]  # raises CycleError, which names the circle
    assert set(order) == graph.modules


def test_no_class_has_two_meanings() -> None:
    trees = [ast.walk(ast.parse(path.read_bytes())) for path in _modules()]
    names = [node.name for tree in trees for node in tree if isinstance(node, ast.ClassDef)]
    public = Counter(name for name in names if not name.startswith("_"))
    assert [name for name, count in public.items() if count > 1] == []


def test_no_file_is_called_like_another() -> None:
    names = Counter(path.name for path in _modules() if path.name not in NO_ROOMS)
    assert [name for name, count in names.items() if count > 1] == []


def _faces() -> dict[str, set[str]]:
    """What each package hands out, by its dotted name."""
    found = {}
    for path in PACKAGE.rglob("*/__init__.py"):
        lists = [node for node in ast.parse(path.read_bytes()).body if isinstance(node, ast.Assign)]
        named = [node for node in lists if isinstance(node.targets[0], ast.Name) and node.targets[0].id == "__all__"]
        found[_dotted(path)] = set(ast.literal_eval(named[0].value)) if named else set()
    return found


def _dotted(path: Path) -> str:
    return ".".join(("grader", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__")


def _imports(path: Path) -> Iterator[tuple[str, str]]:
    """Each name that a module imports from this package, with where it is imported from."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("grader."):
            yield from ((str(node.module), alias.name) for alias in node.names)


def _is_inside(importer: str, module: str, name: str, faces: dict[str, set[str]]) -> bool:
    """Whether a name is taken from the inside of a package in which the importer does not live."""
    parts = module.split(".")
    ways = [".".join(parts[:length]) for length in range(2, len(parts) + 1)]
    outer = next((way for way in ways if way in faces and not f"{importer}.".startswith(f"{way}.")), None)
    return outer is not None and (module != outer or name not in faces[outer])


def test_packages_are_used_by_their_faces() -> None:
    faces = _faces()
    inside = [
        f"{_dotted(path)}: from {module} import {name}"
        for path in _modules()
        for module, name in _imports(path)
        if _is_inside(_dotted(path), module, name, faces)
    ]
    assert inside == []


def test_no_name_of_a_face_hides_a_module() -> None:
    """`from package import name` would mean the one or the other by what was imported before."""
    for package, names in _faces().items():
        folder = PACKAGE.joinpath(*package.split(".")[1:])
        tree = ast.parse((folder / "__init__.py").read_bytes())
        imported = {
            alias.asname or alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        assert [name for name in names & imported if (folder / f"{name}.py").exists()] == []
