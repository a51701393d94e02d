"""Text of a condition → tree. The grammar is CEL's, without maps, null, bytes, unsigned numbers and messages."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal as OneOf
from typing import NoReturn

import cel

from app.policy.cel_syntax import (
    Binary,
    Call,
    CelError,
    Conditional,
    Index,
    Items,
    Literal,
    Logic,
    Member,
    Name,
    Node,
    Unary,
    depth_of,
    first_offset,
)
from extractors.lazily import compiled

MAX_LENGTH = 4000
"""Characters of one condition."""
MAX_BRACKETS = 30
"""How many brackets may stand inside each other."""
MAX_DEPTH = 60
"""How deep the tree may be. Both limits keep a hostile condition from exhausting the stack."""

TokenKind = OneOf["space", "number", "text", "name", "sign", "end"]

_TOKEN = compiled(
    r'''
    (?P<space> [\ \t\r\n\f]+ | //[^\n]* )
  | (?P<number> 0x[0-9a-fA-F]+[uU]? | (?:[0-9]+\.[0-9]+|\.[0-9]+)(?:[eE][+-]?[0-9]+)? | [0-9]+[eE][+-]?[0-9]+
              | [0-9]+[uU]? )
  | (?P<text> [bB]?[rR](?: """(?s:.*?)""" | \'\'\'(?s:.*?)\'\'\' | "[^"\r\n]*" | '[^'\r\n]*' )
            | [bB]?(?: """(?s:[^\\]|\\.)*?""" | \'\'\'(?s:[^\\]|\\.)*?\'\'\'
                     | "(?:[^"\\\r\n]|\\.)*" | '(?:[^'\\\r\n]|\\.)*' ) )
  | (?P<name> [_a-zA-Z][_a-zA-Z0-9]* )
  | (?P<sign> && | \|\| | [=!<>]= | [-+*/%!<>?:.,()\[\]{}] )
    ''',
    re.VERBOSE,
)

_LEVELS: tuple[frozenset[str], ...] = (
    frozenset({"<", "<=", ">", ">=", "==", "!=", "in"}),
    frozenset({"+", "-"}),
    frozenset({"*", "/", "%"}),
)
"""Operators that take two sides, from the loosest to the tightest; all lean to the left."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the condition."""

    kind: TokenKind
    text: str
    start: int


def parse(source: str) -> Node:
    """The tree of a condition. Raises CelError at the first place that does not fit."""
    if len(source) > MAX_LENGTH:
        raise CelError(f"this condition is longer than {MAX_LENGTH} characters; split the rule", MAX_LENGTH)
    tree = _Parser(_tokens(source)).whole()
    if depth_of(tree) > MAX_DEPTH:
        raise CelError(
            f"this condition has more than {MAX_DEPTH} steps in each other; split the rule", first_offset(tree)
        )
    return tree


def _tokens(source: str) -> list[Token]:
    tokens: list[Token] = []
    at = 0
    while at < len(source):
        match = _TOKEN.match(source, at)
        if match is None:
            raise CelError(_unreadable(source[at]), at)
        kind: TokenKind = match.lastgroup  # type: ignore[assignment]  # the groups are the kinds
        if kind != "space":
            tokens.append(Token(kind, match.group(), at))
        at = match.end()
    tokens.append(Token("end", "", len(source.rstrip())))
    return tokens


def _unreadable(character: str) -> str:
    hints = {"=": "; write == to compare", "&": "; write && for 'and'", "|": "; write || for 'or'"}
    if character in "\"'":
        return "this text has no closing quote"
    return f"unexpected '{character}'" + hints.get(character, "")


class _Parser:
    """Reads tokens from left to right; a method reads what its name says and leaves the rest."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    def whole(self) -> Node:
        tree = self._expression()
        if self._next.kind != "end":
            self._fail("an operator such as && or ==, or the end")
        return tree

    @property
    def _next(self) -> Token:
        return self._tokens[self._at]

    def _take(self) -> Token:
        token = self._next
        self._at += 1
        return token

    def _accept(self, *signs: str) -> Token | None:
        is_sign = self._next.kind == "sign" or self._next.text == "in"
        return self._take() if is_sign and self._next.text in signs else None

    def _expect(self, sign: str) -> Token:
        token = self._accept(sign)
        if token is None:
            self._fail(f"'{sign}'")
        return token

    def _fail(self, expected: str) -> NoReturn:
        found = f"found '{self._next.text}'" if self._next.text else "found the end"
        raise CelError(f"expected {expected}, {found}", self._next.start)

    def _expression(self) -> Node:
        self._depth += 1
        if self._depth > MAX_BRACKETS:
            raise CelError(f"more than {MAX_BRACKETS} brackets inside each other; split the rule", self._next.start)
        condition = self._either()
        if question := self._accept("?"):
            then = self._either()
            self._expect(":")
            condition = Conditional(question.start, condition, then, self._expression())
        self._depth -= 1
        return condition

    def _either(self) -> Node:
        return self._logic("||", self._both)

    def _both(self) -> Node:
        return self._logic("&&", self._binary)

    def _logic(self, operator: str, term: Callable[[], Node]) -> Node:
        terms = [term()]
        start = self._next.start
        while self._accept(operator):
            terms.append(term())
        return Logic(start, operator, tuple(terms)) if len(terms) > 1 else terms[0]

    def _binary(self, level: int = 0) -> Node:
        if level == len(_LEVELS):
            return self._unary()
        left = self._binary(level + 1)
        while operator := self._accept(*_LEVELS[level]):
            left = Binary(operator.start, operator.text, left, self._binary(level + 1))
        return left

    def _unary(self) -> Node:
        signs: list[Token] = []
        while sign := self._accept("!", "-"):
            if signs and sign.text != signs[0].text:
                raise CelError("! and - do not go together; use parentheses", sign.start)
            signs.append(sign)
        node = self._member()
        for sign in reversed(signs):
            node = Unary(sign.start, sign.text, node)
        return node

    def _member(self) -> Node:
        node = self._primary()
        while sign := self._accept(".", "["):
            if sign.text == "[":
                node = Index(sign.start, node, self._expression())
                self._expect("]")
                continue
            name = self._name()
            if self._accept("("):
                node = Call(name.start, name.text, node, self._until(")"))
            else:
                node = Member(name.start, node, name.text)
        return node

    def _name(self) -> Token:
        if self._next.kind != "name" or self._next.text in ("in", "true", "false", "null"):
            self._fail("a name")
        return self._take()

    def _primary(self) -> Node:
        token = self._next
        if self._accept("("):
            node = self._expression()
            self._expect(")")
            return node
        if self._accept("["):
            return Items(token.start, self._until("]"))
        if token.kind in ("number", "text"):
            return _literal(self._take())
        if token.text in ("true", "false"):
            return Literal(self._take().start, token.text == "true")
        if token.text in ("null", "{"):
            raise CelError('null and maps have no use here: a missing fact is empty (""), 0 or false', token.start)
        if token.kind != "name":
            self._fail("a fact, a value or '('")
        name = self._name()
        if self._accept("("):
            return Call(name.start, name.text, None, self._until(")"))
        return Name(name.start, name.text)

    def _until(self, closing: str) -> tuple[Node, ...]:
        nodes: list[Node] = []
        while not self._accept(closing):
            if nodes:
                self._expect(",")
            nodes.append(self._expression())
        return tuple(nodes)


def _literal(token: Token) -> Literal:
    """The value that the library reads in a literal: its spelling of numbers and escapes is the one that counts."""
    try:
        value = cel.evaluate(token.text)
    except ValueError:
        message = (
            "a number this large does not fit"
            if token.kind == "number"
            else "a bad escape in this text; write \\\\ for a backslash"
        )
        raise CelError(message, token.start) from None
    if token.text[-1] in "uU" and token.kind == "number":
        raise CelError("write the number without the u", token.start)
    if isinstance(value, bytes):
        raise CelError("write the text without the b", token.start)
    return Literal(token.start, value)
