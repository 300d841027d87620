"""The style sheet of the agreement page."""

from typing import Final

STYLE: Final = """\
:root { color-scheme: light dark; --ink: #1c2430; --soft: #5c6675; --line: #d8dde5; --back: #ffffff; --card: #f6f8fa;
  --accent: #2b5fb8; --bar: #a9c4ee; --goal: #c2571a; --wrong: 217, 83, 60; --mark: #ffe9a8; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ee; --soft: #9aa4b2; --line: #333b47; --back: #14181e;
  --card: #1c222b; --accent: #7fa9f0; --bar: #36507e; --goal: #f09a5e; --mark: #6a5413; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 70rem; margin: 0 auto; padding: 1.5rem; }
h1 { font-size: 1.8rem; margin: 0; } h2 { font-size: 1.25rem; margin: 2.5rem 0 .6rem; }
h3 { font-size: 1rem; margin: 1.2rem 0 .4rem; }
h4 { font-size: .85rem; margin: 0; color: var(--soft); }
.lead { font-size: 1.1rem; margin: .4rem 0; } .note, .where { color: var(--soft); font-size: .9rem; }
nav { display: flex; flex-wrap: wrap; gap: .2rem 1rem; border-block: 1px solid var(--line); padding: .4rem 0; }
a { color: var(--accent); }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: .9rem; }
th, td { text-align: left; padding: .15rem .6rem .15rem 0; border-bottom: 1px solid var(--line);
  vertical-align: middle; }
.plots { width: 100%; } .plots td:first-child { width: 17rem; } .plots td:nth-child(2) { width: 9rem; }
th { font-weight: 600; } td, th { white-space: nowrap; }
.plots thead th { white-space: normal; vertical-align: bottom; } .plots td:first-child { white-space: normal; }
.n { text-align: right; font-variant-numeric: tabular-nums; }
.none { color: var(--soft); font-style: italic; }
svg { display: block; } svg text { font-size: 10px; fill: var(--soft); text-anchor: middle; }
.zero { stroke: var(--line); } .target { stroke: var(--goal); stroke-width: 2; stroke-dasharray: 3 2; }
.interval { fill: var(--bar); } .value { fill: var(--accent); }
.confusion td { text-align: right; min-width: 2.2rem; padding: .15rem .4rem; font-variant-numeric: tabular-nums; }
.confusion thead th { height: 8rem; vertical-align: bottom; padding: 0; text-align: right; }
.confusion thead th span { writing-mode: vertical-rl; transform: rotate(180deg);
  font-weight: 400; padding-block: .3rem; }
.confusion tbody th { font-weight: 400; }
.pairs td, .pairs th, .edges td, .edges th { white-space: normal; }
.pairs .off { text-align: right; min-width: 2.2rem; padding: .15rem .4rem; font-variant-numeric: tabular-nums; }
.pairs td.n { padding-left: .4rem; white-space: nowrap; }
.same { color: var(--soft); } .off { background: rgba(var(--wrong), calc(.12 + .6 * var(--share))); }
article { background: var(--card); border: 1px solid var(--line); border-radius: 6px;
  padding: .6rem 1rem 1rem; margin: 1rem 0; }
article h3 { margin: 0; } article h3 a { color: var(--soft); text-decoration: none; margin-right: .4rem; }
.where { margin: 0 0 .6rem; }
.versions { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr)); gap: 1rem; }
blockquote { margin: .3rem 0; white-space: pre-wrap; overflow-wrap: anywhere; }
mark { background: var(--mark); color: inherit; border-radius: 2px; }
dl { display: grid; grid-template-columns: 4.5rem 1fr; gap: 0 .6rem; margin: .4rem 0 0; font-size: .85rem; }
dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; } .differs { color: var(--goal); font-weight: 600; }
code { font-size: .85em; color: var(--soft); }
summary { cursor: pointer; } .articles { font-size: .9rem; }
@media (max-width: 30rem) { main { padding: 1rem; } table { font-size: .8rem; } .confusion td { min-width: 1.6rem;
  padding: .15rem .2rem; } th, td { padding-right: .4rem; } }
"""
