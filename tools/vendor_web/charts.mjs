// The charts the web app uses, and nothing else, bundled into one file that sets `echarts`.
import * as core from "echarts/core";
import { BarChart, GraphChart, LineChart, MapChart, ScatterChart, EffectScatterChart } from "echarts/charts";
import { DataZoomComponent, GeoComponent, GridComponent, LegendComponent, MarkLineComponent, MarkAreaComponent, TitleComponent, TooltipComponent, VisualMapComponent, AriaComponent } from "echarts/components";
import { CanvasRenderer } from "echarts/renderers";
core.use([BarChart, GraphChart, LineChart, MapChart, ScatterChart, EffectScatterChart, DataZoomComponent, GeoComponent, GridComponent, LegendComponent, MarkLineComponent, MarkAreaComponent, TitleComponent, TooltipComponent, VisualMapComponent, AriaComponent, CanvasRenderer]);
window.echarts = { init: core.init, registerMap: core.registerMap, getMap: core.getMap, version: core.version };
