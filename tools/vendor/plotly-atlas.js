// The traces that the figures use and nothing else, in English and German.
const Plotly = require("plotly.js/lib/core");

Plotly.register([
  require("plotly.js/lib/scatter"),
  require("plotly.js/lib/bar"),
  require("plotly.js/lib/choropleth"),
  require("plotly.js/lib/scattergeo"),
  require("plotly.js/lib/locales/de"),
]);

// Plotly offers by default to send the data of a chart to its maker; nothing leaves this house.
Plotly.setPlotConfig({
  displaylogo: false,
  plotlyServerURL: "",
  showSendToCloud: false,
  topojsonURL: "/",
});

module.exports = Plotly;
