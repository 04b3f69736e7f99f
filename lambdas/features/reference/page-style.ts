/**
 * The style of all pages, as it is sent. Small screens first: one column, and of the navigation its first level. Colours
 * follow what the reader's system asks for; each pair of text and ground has the contrast that WCAG 2.2 AA wants.
 */
export const pageStyle = `
:root {
  --ground: #fdfdfb; --raised: #f4f5f1; --line: #dfe2db; --text: #1c2226; --quiet: #566068;
  --accent: #0b6670; --accent-soft: #e2eff0;
  --get: #0a5a8c; --post: #1a6a3c; --put: #8a4b00; --patch: #6b3fa0; --delete: #a4262c;
  --sans: system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', Arial, sans-serif;
  --mono: ui-monospace, 'SF Mono', SFMono-Regular, Menlo, Consolas, 'Liberation Mono', 'DejaVu Sans Mono', monospace;
  --side: 17.5rem; --bar: 3.5rem;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #111517; --raised: #191f22; --line: #2c3439; --text: #e3e7e9; --quiet: #9aa6ad;
    --accent: #77cdd6; --accent-soft: #14343a;
    --get: #82c0ee; --post: #7fd3a0; --put: #eab36c; --patch: #c4a7ee; --delete: #f29a9b;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: calc(var(--bar) + 1rem); -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--text); font: 1rem/1.6 var(--sans); overflow-wrap: break-word; }
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
a { color: var(--accent); text-underline-offset: 0.2em; text-decoration-thickness: 0.06em; }
a:hover { text-decoration-thickness: 0.12em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
main:focus { outline: none; }
code { font: 0.9em/1.5 var(--mono); overflow-wrap: anywhere; }
p, ul, ol, dl, pre, table, figure { margin: 0 0 1rem; }
main ul:not([class]) { padding-left: 1.25rem; }
main ul:not([class]) li { margin-bottom: 0.4rem; }
h1, h2, h3, h4 { line-height: 1.25; text-wrap: balance; }
h1 { margin: 0 0 0.75rem; font-size: 2.1rem; font-weight: 680; letter-spacing: -0.02em; }
h2 { margin: 4rem 0 1.5rem; padding-bottom: 0.5rem; border-bottom: 1px solid var(--line); font-size: 1.5rem; font-weight: 650; letter-spacing: -0.01em; }
h3 { margin: 0 0 0.5rem; font-size: 1.2rem; font-weight: 640; }
h3 a { color: inherit; text-decoration: none; }
h3 a:hover { text-decoration: underline; }
h4 { margin: 1.75rem 0 0.5rem; color: var(--quiet); font-size: 0.8rem; font-weight: 650; letter-spacing: 0.06em; text-transform: uppercase; }
h4 code { letter-spacing: 0; text-transform: none; font-weight: 400; }
.skip { position: absolute; left: 1rem; top: -4rem; z-index: 3; padding: 0.6rem 1rem; background: var(--accent); color: var(--ground); }
.skip:focus { top: 0.5rem; }

body > header { position: sticky; top: 0; z-index: 2; display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 0.25rem 1.5rem; min-height: var(--bar); padding: 0.5rem 1.25rem; border-bottom: 1px solid var(--line); background: var(--ground); }
.brand { color: var(--text); font-weight: 680; letter-spacing: -0.01em; text-decoration: none; }
.brand span { display: none; color: var(--quiet); font-weight: 400; }
body > header ul { display: flex; gap: 1.25rem; margin: 0; padding: 0; list-style: none; font-size: 0.925rem; }
body > header li a { display: inline-block; padding: 0.25rem 0; color: var(--quiet); text-decoration: none; }
body > header li a:hover { color: var(--accent); text-decoration: underline; }

main { max-width: 78rem; padding: 2rem 1.25rem 6rem; }
body:not(.with-navigation) main { max-width: 50rem; margin: 0 auto; }
.lede { max-width: 42rem; color: var(--quiet); font-size: 1.15rem; line-height: 1.5; }
.version { color: var(--quiet); font-size: 1rem; font-weight: 400; letter-spacing: 0; }
main > p, .convention > p, .said > p { max-width: 42rem; }
.convention { max-width: 46rem; margin-bottom: 3rem; }
.trail { font-size: 0.925rem; margin-bottom: 0.5rem; }

nav { padding: 1rem 1.25rem; border-bottom: 1px solid var(--line); background: var(--raised); }
nav ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; margin: 0; padding: 0; list-style: none; }
nav ul ul { display: none; }
nav a { display: inline-block; padding: 0.3rem 0; text-decoration: none; }
nav a:hover { text-decoration: underline; }

.method { display: inline-block; font: 650 0.72rem/1 var(--mono); letter-spacing: 0.03em; }
.get { color: var(--get); } .post { color: var(--post); } .put { color: var(--put); } .patch { color: var(--patch); } .delete { color: var(--delete); }
.route { display: flex; gap: 0.6rem; align-items: baseline; }
.route .method { font-size: 0.85rem; }
.route code { font-size: 0.95rem; }
.mark { padding: 0.1rem 0.5rem; border: 1px solid var(--put); border-radius: 1rem; color: var(--put); font-size: 0.75rem; font-weight: 600; vertical-align: 0.15em; }
.status { padding: 0.1rem 0.45rem; border-radius: 4px; background: var(--accent-soft); color: var(--accent); font: 650 0.85rem var(--mono); }

.operation { padding: 2.25rem 0; border-top: 1px solid var(--line); }
h2 + .operation { border-top: 0; padding-top: 0; }
.fields { border-top: 1px solid var(--line); }
.fields > div { padding: 0.65rem 0; border-bottom: 1px solid var(--line); }
.fields dt > code { font-weight: 650; }
.fields dd { margin: 0; font-size: 0.925rem; }
.fields dd p { margin: 0.1rem 0 0; }
.fields dd .fields { margin: 0.6rem 0 0 0; padding-left: 1rem; border-top: 0; border-left: 2px solid var(--line); }
.fields dd .fields > div { padding: 0.35rem 0; border-bottom: 0; }
.fields dd .fields + .fields { margin-top: 0.75rem; }
.fields details { margin-top: 0.4rem; }
.kind, .limits { color: var(--quiet); font-size: 0.875rem; }
.kind { margin-left: 0.35rem; }
.must { margin-left: 0.35rem; color: var(--delete); font-size: 0.8rem; font-weight: 600; }

.errors { display: flex; flex-wrap: wrap; gap: 0.4rem; padding: 0; list-style: none; }
.errors a { display: block; padding: 0.2rem 0.6rem; border: 1px solid var(--line); border-radius: 1rem; font-size: 0.85rem; text-decoration: none; }
.errors a:hover { border-color: var(--accent); }
.errors span { color: var(--quiet); font: 0.8rem var(--mono); }
summary { width: fit-content; margin-bottom: 0.75rem; color: var(--quiet); font-size: 0.9rem; cursor: pointer; }
summary:hover { color: var(--accent); }

pre { padding: 0.9rem 1rem; border: 1px solid var(--line); border-radius: 6px; background: var(--raised); font: 0.8rem/1.6 var(--mono); white-space: pre-wrap; overflow-wrap: anywhere; }
pre code { font: inherit; }
figure { border: 1px solid var(--line); border-radius: 8px; background: var(--raised); overflow: clip; }
figure pre { margin: 0; border: 0; border-radius: 0; background: none; }
figcaption { display: flex; align-items: center; justify-content: space-between; gap: 1rem; min-height: 2.5rem; padding: 0.3rem 0.5rem 0.3rem 1rem; border-bottom: 1px solid var(--line); color: var(--quiet); font-size: 0.85rem; font-weight: 600; }
button { padding: 0.3rem 0.75rem; border: 1px solid var(--line); border-radius: 6px; background: var(--ground); color: var(--accent); font: 600 0.85rem/1.4 var(--sans); cursor: pointer; }
button:hover { border-color: var(--accent); }
.told { position: absolute; width: 1px; height: 1px; margin: 0; overflow: hidden; clip-path: inset(50%); }

table { border-collapse: collapse; font-size: 0.9rem; }
th, td { padding: 0.45rem 0.5rem 0.45rem 0; font-size: 0.85rem; overflow-wrap: anywhere; border-bottom: 1px solid var(--line); text-align: left; vertical-align: baseline; font-weight: 400; }
thead th { color: var(--quiet); font-size: 0.85rem; font-weight: 600; }
.index { padding: 0; list-style: none; border-top: 1px solid var(--line); }
.index li { display: grid; grid-template-columns: 3.25rem 1fr; gap: 0 0.5rem; align-items: baseline; padding: 0.6rem 0; border-bottom: 1px solid var(--line); }
.index li > :last-child { grid-column: 2; color: var(--quiet); font-size: 0.925rem; }
.index .status { justify-self: start; }
.no { color: var(--quiet); }
.routes { padding: 0; list-style: none; }
.routes li { padding: 0.35rem 0; }
.routes a { text-decoration: none; }

@media (min-width: 40rem) {
  th, td { padding-right: 0.9rem; font-size: inherit; }
  .brand span { display: inline; }
  .index li { grid-template-columns: 3.25rem 14rem 1fr; }
  .index li > :last-child { grid-column: 3; }
}
@media (min-width: 60rem) {
  body > header { padding: 0 2rem; }
  .with-navigation { display: grid; grid-template: auto 1fr / var(--side) minmax(0, 1fr); }
  .with-navigation > header { grid-column: 1 / -1; }
  main { padding: 3rem 3rem 8rem; }
  nav { position: sticky; top: var(--bar); height: calc(100vh - var(--bar)); padding: 1.5rem 1rem 3rem 2rem; overflow-y: auto; border: 0; border-right: 1px solid var(--line); background: none; font-size: 0.875rem; line-height: 1.4; }
  nav ul, nav ul ul { display: block; }
  nav > ul > li { margin-bottom: 1.5rem; }
  nav > ul > li > a { color: var(--text); font-weight: 650; }
  nav ul ul a { display: flex; gap: 0.5rem; align-items: baseline; padding: 0.22rem 0; color: var(--quiet); }
  nav ul ul a:hover { color: var(--accent); }
  nav ul ul .method { flex: 0 0 2.9rem; font-size: 0.62rem; }
  .gone { text-decoration: line-through; }
}
@media (min-width: 75rem) {
  .operation { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 26rem); gap: 2.5rem; align-items: start; }
}
@media print { nav, button, .skip { display: none; } }
`;
