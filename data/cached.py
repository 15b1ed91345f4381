"""Attributes that are worked out once, when they are first asked for: `functools.cached_property` as it is since Python
3.12. Before, it takes a lock each time, which a sale would pay for some twenty times."""

from __future__ import annotations

import sys

if sys.version_info >= (3, 12):
    from functools import cached_property
else:
    from collections.abc import Callable
    from typing import Any, Generic, Self, TypeVar, overload

    T = TypeVar("T")

    class cached_property(Generic[T]):
        """A method without arguments as an attribute; its first answer stays."""

        def __init__(self, func: Callable[[Any], T]) -> None:
            self.func = func
            self.__doc__ = func.__doc__

        def __set_name__(self, owner: type[Any], name: str) -> None:
            self.name = name

        @overload
        def __get__(self, instance: None, owner: type[Any]) -> Self: ...
        @overload
        def __get__(self, instance: object, owner: type[Any]) -> T: ...
        def __get__(self, instance: object | None, owner: type[Any]) -> Self | T:
            if instance is None:
                return self
            made = instance.__dict__[self.name] = self.func(instance)
            return made


__all__ = ["cached_property"]
