// Knocks until the server answers, and opens the page that was asked for.
function again() {
  fetch('/healthz', { cache: 'no-store' }).then(
    function (answer) {
      if (answer.ok) location.reload()
    },
    function () {},
  )
}
document.getElementById('again').addEventListener('click', again)
addEventListener('online', again)
setInterval(again, 5000)
