/** Hands a file to the browser's own download. */
export function save(name: string, data: Blob | string, type = "text/plain"): void {
  const address = URL.createObjectURL(typeof data === "string" ? new Blob([data], { type }) : data);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** A plot as an SVG of its own, its colours written in, with what it was drawn from as its description. */
export function standalone(svg: SVGSVGElement, about: string): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const read = getComputedStyle(svg);
  const described = document.createElementNS(copy.namespaceURI, "desc");
  described.textContent = about;
  copy.prepend(described);
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("font-family", "sans-serif");
  copy.setAttribute("font-size", "10");
  copy.setAttribute("color", read.color);
  const text = new XMLSerializer().serializeToString(copy);
  return text.replace(/var\((--[\w-]+)\)/gu, (_, name: string) => read.getPropertyValue(name).trim() || "currentColor");
}
