/** Of Observable Plot what is drawn here, so that the rest need not be carried. */
export { dot, gridY, plot, rect, rectY, ruleY } from "@observablehq/plot";
