/* Everything a page does by itself. The chart engine is fetched only when a chart needs it. */
import { startCharts } from "./charts/start.js";
import { startCopyButtons } from "./copy.js";
import { startNavigation } from "./navigation.js";
import { startReader } from "./reader-start.js";
import { startScrolling } from "./scrolling.js";
import { startTheme } from "./theme.js";

startTheme();
startNavigation();
startCopyButtons();
startScrolling();
startReader(startCharts());
