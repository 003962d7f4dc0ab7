/* Plotly's geo charts fetch an outline of the world from a foreign host unless one is here. No
   outline is drawn, so an empty one is enough. */
window.PlotlyGeoAssets = {
  topojson: {
    world_110m: {
      type: "Topology",
      arcs: [],
      objects: Object.fromEntries(
        ["coastlines", "land", "ocean", "lakes", "rivers", "countries", "subunits"].map((layer) => [
          layer, { type: "GeometryCollection", geometries: [] },
        ]),
      ),
    },
  },
};
