// Print Plotly's own style rules as a style sheet, so that a page whose policy forbids inline
// styles has them too. Plotly puts each rule before the earlier ones, hence the reversed order;
// its typeface gives way to the page's.
const fs = require("node:fs");
const vm = require("node:vm");

const rules = [];
const lib = { addStyleRule: (selector, body) => rules.unshift(`${selector}{${body}}`) };
vm.runInNewContext(fs.readFileSync(process.argv[2], "utf8"), { require: () => lib });
const font = '"Open Sans",verdana,arial,sans-serif';
process.stdout.write(rules.join("\n").replaceAll(`font-family:${font}`, "font-family:inherit") + "\n");
