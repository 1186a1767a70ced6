
(() => {
  "use strict";

  const HEIGHT_PX = 400;
  const drawn = new Map();

  /** Doses and shares of volume as the chart library wants them: one list of x, one per curve. */
  function columns(data) {
    const steps = Math.max(2, ...data.volumePct.map(curve => curve.length));
    const doseGy = Array.from({length: steps}, (_, i) => i * data.stepGy);
    const curves = data.volumePct.map(curve => doseGy.map((_, i) => curve[i] ?? null));
    return [doseGy, ...curves];
  }

  function decimals(step) {
    return Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  }

  function draw(figure) {
    if (drawn.has(figure)) {
      return;
    }
    const data = JSON.parse(figure.querySelector("script").textContent);
    const host = figure.querySelector(".chart");
    const buttons = [...figure.querySelectorAll(".legend button")];
    const values = buttons.map(button => button.querySelector(".value"));
    const dose = figure.querySelector(".dose");
    const digits = decimals(data.stepGy);
    const axis = {stroke: "#5b6875", grid: {stroke: "#e8ecef", width: 1}, ticks: {stroke: "#b9c3cc", width: 1, size: 5}};

    function read(chart) {
      const at = chart.cursor.idx;
      const x = at == null ? null : chart.data[0][at];
      dose.textContent = x == null ? "\u00a0" : x.toFixed(digits) + " Gy";
      values.forEach((value, i) => {
        const y = x == null ? null : chart.data[i + 1][at] ?? 0;
        value.textContent = y == null || data.volumePct[i].length === 0 ? "" : y.toFixed(1) + " %";
      });
    }

    const chart = new uPlot({
      width: host.clientWidth,
      height: HEIGHT_PX,
      legend: {show: false},
      cursor: {points: {size: 5}, drag: {x: true, y: false}},
      scales: {
        x: {time: false, range: (_, min, max) => [Math.max(0, min), max]},
        y: {range: () => [0, 105]},
      },
      axes: [
        {...axis, label: "Dose (Gy)", labelSize: 20, size: 34},
        {...axis, label: "Volume (%)", labelSize: 26, splits: () => [0, 20, 40, 60, 80, 100]},
      ],
      series: [
        {},
        ...buttons.map(button => {
          const line = button.querySelector("line");
          const dashes = line.getAttribute("stroke-dasharray");
          return {
            stroke: line.getAttribute("stroke"),
            width: 1.75,
            dash: dashes ? dashes.split(" ").map(Number) : undefined,
            points: {show: false},
          };
        }),
      ],
      hooks: {setCursor: [read]},
    }, columns(data), host);

    buttons.forEach((button, i) => button.addEventListener("click", () => {
      const show = button.getAttribute("aria-pressed") === "false";
      button.setAttribute("aria-pressed", String(show));
      chart.setSeries(i + 1, {show});
    }));
    drawn.set(figure, {chart, host});
  }

  const figures = [...document.querySelectorAll("figure.dvh")];
  const near = new IntersectionObserver(
    entries => entries.filter(entry => entry.isIntersecting).forEach(entry => draw(entry.target)),
    {rootMargin: "1000px"});
  figures.forEach(figure => near.observe(figure));
  addEventListener("beforeprint", () => figures.forEach(draw));
  addEventListener("resize", () =>
    drawn.forEach(({chart, host}) => chart.setSize({width: host.clientWidth, height: HEIGHT_PX})));
})();
