"""timm where there is no torchvision.

timm imports torchvision for the transforms of its data sets as soon as it is imported itself; models need none of
them. A torchvision only works with the one PyTorch that it was built for, which may not be at hand. Where it is
missing, this module puts empty ones in its place for as long as timm is imported, and takes them away again.
"""

import importlib.abc
import importlib.machinery
import importlib.util
import sys
import types


class _Name(type):
    """Of classes that have every attribute: its own name, as a table of constants needs it."""

    def __getattr__(cls, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return name


class _Empty(types.ModuleType):
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return _Name(name, (), {})


class _EmptyTorchvision(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] == "torchvision":
            return importlib.machinery.ModuleSpec(name, self, is_package=True)
        return None

    def create_module(self, spec):
        return _Empty(spec.name)

    def exec_module(self, module):
        pass


def _import():
    if importlib.util.find_spec("torchvision"):
        return importlib.import_module("timm")
    finder = _EmptyTorchvision()
    sys.meta_path.append(finder)
    try:
        return importlib.import_module("timm")
    finally:
        sys.meta_path.remove(finder)
        for name in [name for name in sys.modules if name.split(".")[0] == "torchvision"]:
            del sys.modules[name]


timm = _import()
