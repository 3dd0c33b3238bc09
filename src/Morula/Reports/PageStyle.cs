namespace Morula.Reports;

/// <summary>How pages look.</summary>
internal static class PageStyle
{
    public const string Css = """
        :root { color-scheme: light dark; --ink: #1b1f24; --soft: #59636e; --line: #d5dae0; --paper: #ffffff; --shade: #f4f6f8; }
        @media (prefers-color-scheme: dark) {
          :root { --ink: #e3e8ee; --soft: #9aa5b1; --line: #39424d; --paper: #14181d; --shade: #1d232a; }
        }
        body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, sans-serif; }
        main { max-width: 62rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
        h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 1rem; }
        h2 { font-size: 1.3rem; margin: 2.5rem 0 .75rem; padding-top: .75rem; border-top: 1px solid var(--line); }
        p { max-width: 44rem; }
        .wide { overflow-x: auto; }
        table { border-collapse: collapse; font-size: .95rem; margin: .5rem 0 1rem; }
        th, td { text-align: left; vertical-align: top; padding: .35rem .9rem .35rem 0; border-bottom: 1px solid var(--line); }
        th { color: var(--soft); font-weight: 600; }
        .number { text-align: right; font-variant-numeric: tabular-nums; padding-left: .9rem; }
        td.number { white-space: nowrap; }
        figure { margin: 1rem 0 1.5rem; }
        figure img { max-width: 100%; height: auto; background: #ffffff; border-radius: 4px; }
        figcaption { color: var(--soft); font-size: .9rem; margin-top: .3rem; }
        .cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(13.5rem, 1fr)); gap: 1.25rem 1rem; margin: 1rem 0 1.5rem; }
        .cards figure { margin: 0; }
        .cards img { width: 100%; }
        .cards figcaption { line-height: 1.4; }
        .cards strong { color: var(--ink); }
        summary { cursor: pointer; color: var(--soft); }
        dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1.25rem; font-size: .95rem; }
        dt { color: var(--soft); }
        dd { margin: 0; font-family: ui-monospace, monospace; overflow-wrap: anywhere; }
        pre { background: var(--shade); padding: .75rem 1rem; border-radius: 4px; overflow-x: auto; font-size: .85rem; line-height: 1.45; }
        @media print {
          :root { --ink: #000000; --soft: #333333; --line: #999999; --paper: #ffffff; --shade: #ffffff; }
          main { max-width: none; padding: 0; }
          pre { white-space: pre-wrap; }
          h2 { break-after: avoid; }
          .cards { grid-template-columns: repeat(4, 1fr); }
          figure, tr { break-inside: avoid; }
        }
        """;
}
