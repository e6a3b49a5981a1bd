extension Report {
    /// What forms on the site look like; files have none.
    static let forms = """
        .form{display:flex;flex-wrap:wrap;gap:1rem;align-items:start;margin:1rem 0 1.5rem}
        .form>button{align-self:end}
        .contents+:is(.scroll,dl,.banner,.message,.empty){margin-top:1.3rem}
        .form .field{display:flex;flex-direction:column;gap:.3rem;min-width:0;flex:1 1 16rem;max-width:26rem}
        .form label,.form legend{font-weight:600}
        .form fieldset{flex:1 1 100%;min-width:0;margin:0;padding:.6rem 1rem 1rem;border:1px solid var(--line);border-radius:.4rem}
        .form .tick{display:block;font-weight:400;padding:.45rem 0;min-height:2.75rem}
        .form .tick input{width:1.2rem;height:1.2rem;margin-right:.5rem;vertical-align:middle;accent-color:var(--accent)}
        .form .help{font-size:.88rem;color:var(--soft);margin:0}
        .form .message{margin:.2rem 0 0}
        .form input[type=text],.form input[type=password],.form input[type=date],.form input[type=number],.form select,.form button{font:inherit;color:inherit;
        background:var(--card);border:1px solid var(--soft);border-radius:.4rem;padding:.45rem .7rem;min-height:2.75rem;max-width:100%}
        .form button{background:var(--accent);border-color:var(--accent);color:var(--card);font-weight:700;padding-inline:1.3rem}
        td .form{margin:0}
        .apart{margin-top:2.5rem}
        .once{font-size:1.1rem;font-weight:700;overflow-wrap:anywhere;user-select:all}
        .account{display:flex;flex-wrap:wrap;gap:.4rem 1rem;align-items:center}
        @media print{.form,.account,.login{display:none}}
        """
}
