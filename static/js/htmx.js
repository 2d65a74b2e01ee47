// What htmx may do here: nothing that the content security policy forbids; and which answers it takes in.

Object.assign(window.htmx?.config ?? {}, {
  allowEval: false,
  allowScriptTags: false,
  includeIndicatorStyles: false,
  historyCacheSize: 0,
  selfRequestsOnly: true,
  responseHandling: [
    { code: "204", swap: false },
    { code: "[23]..", swap: true },
    { code: "4(22|29)", swap: true },
    { code: "[45]..", swap: false, error: true },
  ],
});
