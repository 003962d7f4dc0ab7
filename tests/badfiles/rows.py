"""Which case belongs to which kind of bad input; the numbers are those of docs/bad-inputs.md."""

from __future__ import annotations

ROWS: dict[int, tuple[str, ...]] = {
    1: (
        "csv_empty",
        "csv_only_bom",
        "csv_header_only",
        "csv_blank_lines",
    ),
    2: (
        "csv_ok_german",
        "csv_english",
        "csv_cr_only",
        "csv_sep_line",
    ),
    3: (
        "csv_latin1",
        "csv_utf16_bom",
    ),
    4: (
        "csv_utf16_nobom",
        "csv_null_bytes",
        "csv_mixed_encoding",
    ),
    5: ("csv_formula",),
    6: (
        "csv_formula_header",
        "csv_dup_header",
        "csv_header_case",
    ),
    7: (
        "csv_html_names",
        "gj_script_names",
    ),
    8: (
        "csv_path_ids",
        "csv_nfc_nfd",
    ),
    9: ("csv_header_injection",),
    10: ("csv_numbers_odd",),
    11: ("csv_1e9",),
    12: ("csv_official_symbols",),
    13: ("csv_ambiguous_thousands",),
    14: (
        "csv_lost_leading_zero",
        "csv_key_scientific",
    ),
    15: (
        "csv_dup_same",
        "csv_dup_conflict",
    ),
    16: (
        "csv_ragged",
        "csv_unclosed_quote",
        "csv_huge_field",
    ),
    17: ("csv_many_columns",),
    18: ("csv_many_rows",),
    19: ("csv_totals_footnote",),
    20: (
        "csv_years_odd",
        "csv_negative_count",
    ),
    21: ("csv_unknown_areas",),
    22: ("csv_reconstructable",),
    23: (
        "csv_is_xlsx",
        "csv_is_html",
        "csv_is_gzip",
        "ext_unknown",
        "ext_parquet",
    ),
    24: (
        "xlsx_formulas",
        "xlsx_external_links",
    ),
    25: ("xlsx_huge_dimension",),
    26: ("xlsx_trailing_blank",),
    27: (
        "xlsx_billion_laughs",
        "xlsx_xxe",
    ),
    28: (
        "xlsx_zip_bomb",
        "zip_bomb",
        "zip_lying_size",
        "zip_overlap",
    ),
    29: (
        "xlsx_macro",
        "xlsx_encrypted",
        "xlsx_old_xls",
        "zip_encrypted",
    ),
    30: ("xlsx_hidden_sheet",),
    31: (
        "xlsx_two_sheets",
        "gpkg_two_layers",
        "shp_two",
    ),
    32: (
        "xlsx_many_sheets",
        "xlsx_missing_part",
        "xlsx_truncated",
        "xlsx_duplicate_part",
        "xlsx_traversal",
    ),
    33: (
        "xlsx_merged_header",
        "xlsx_error_cells",
        "xlsx_numbers_odd",
    ),
    34: ("xlsx_number_as_text",),
    35: (
        "gj_bowtie",
        "gj_hole_outside",
    ),
    36: (
        "gj_nan",
        "gj_inf",
        "gj_1e300",
        "gj_coords_text",
        "gj_4d",
    ),
    37: ("gj_swapped",),
    38: (
        "gj_utm_no_crs",
        "gj_mixed_crs",
        "shp_no_prj",
        "gpkg_srs_undefined",
        "gpkg_srs_missing",
        "shp_prj_garbage",
    ),
    39: (
        "gj_utm_crs",
        "gj_3d",
        "gpkg_z",
        "gj_bom",
    ),
    40: (
        "gj_crs_link",
        "gj_exceeded_limit",
    ),
    41: (
        "gj_empty_geoms",
        "gj_wrong_type",
        "gj_no_id",
        "gj_out_of_range",
    ),
    42: ("gj_overlap",),
    43: (
        "gj_dup_ids",
        "gj_dup_json_keys",
    ),
    44: (
        "gj_deep",
        "gj_deep_collection",
        "gj_proto",
        "gj_props",
    ),
    45: (
        "gj_many_vertices",
        "gj_many_features",
    ),
    46: (
        "gj_utf16",
        "gj_latin1",
        "gj_surrogate",
        "gj_truncated",
        "gj_concatenated",
        "gj_trailing",
    ),
    47: (
        "gj_seq",
        "gj_topojson",
        "gj_esri",
    ),
    48: (
        "gj_vrt_local",
        "gj_vrt_ssrf",
        "gj_gdalg",
        "gj_wfs",
        "gj_gml",
        "shp_vrt",
    ),
    49: (
        "gpkg_view_endless",
        "gpkg_view_zeroblob",
    ),
    50: (
        "gpkg_trigger",
        "gpkg_sql_table_name",
    ),
    51: (
        "gpkg_wkb_lie",
        "gpkg_nan",
        "shp_point_lie",
    ),
    52: (
        "gpkg_not_sqlite",
        "gpkg_plain_sqlite",
        "gpkg_truncated",
        "gpkg_corrupt",
        "gpkg_wal_header",
    ),
    53: ("shp_subdir",),
    54: (
        "shp_traversal",
        "shp_symlink",
        "zip_bad_names",
    ),
    55: (
        "shp_no_dbf",
        "shp_no_shx",
        "shp_cpg_wrong",
        "shp_no_cpg",
    ),
    56: (
        "shp_nested_zip",
        "zip_many_entries",
        "zip_duplicate",
        "zip_truncated",
    ),
    57: (
        "svg_script",
        "png_bomb",
        "png_polyglot",
    ),
}
"""Names of the cases by row. A name with a suffix (``zip_bad_names_0``) counts for its stem."""
