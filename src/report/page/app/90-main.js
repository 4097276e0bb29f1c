block("overview").then((overview) => {
  document.getElementById("page").textContent = overview.counts.articles + " articles";
});
