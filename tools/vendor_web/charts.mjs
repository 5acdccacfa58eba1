// The charts the web app uses, and nothing else, bundled into one file that sets `echarts`.
import * as core from "echarts/core";
import { BarChart, GraphChart, LineChart, MapChart, ScatterChart } from "echarts/charts";
import { DataZoomComponent, GeoComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, VisualMapComponent } from "echarts/components";
import { LabelLayout } from "echarts/features";
import { CanvasRenderer } from "echarts/renderers";
core.use([BarChart, GraphChart, LineChart, MapChart, ScatterChart, DataZoomComponent, GeoComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, VisualMapComponent, LabelLayout, CanvasRenderer]);
window.echarts = { init: core.init, registerMap: core.registerMap, getMap: core.getMap, version: core.version };
