// Comfort only: every page does its work without this. Written for old browsers.
(function () {
  // A form is sent once, however often its button is pressed.
  document.addEventListener('submit', function (event) {
    var form = event.target;
    // One that is answered with a file stays on the page, and may be sent again.
    if (form.hasAttribute('data-answered-with-file')) return;
    if (form.getAttribute('data-sent') === 'yes') {
      event.preventDefault();
      return;
    }
    form.setAttribute('data-sent', 'yes');
    var button = event.submitter || form.querySelector('button[type="submit"]');
    if (button) button.className += ' busy';
  });

  // After "back" the page may come from memory with its forms still marked as sent. A form that puts a file straight
  // into the store leads to what came of that one file, so that there has to be a new one for the next.
  window.addEventListener('pageshow', function (event) {
    if (event.persisted && document.querySelector('form[action^="http"]')) {
      window.location.reload();
      return;
    }
    var sent = document.querySelectorAll('form[data-sent]');
    for (var i = 0; i < sent.length; i += 1) {
      sent[i].removeAttribute('data-sent');
      var button = sent[i].querySelector('.busy');
      if (button) button.className = button.className.replace(' busy', '');
    }
  });

  // A form that only goes on with what was begun is sent without being asked for.
  var goesOn = document.querySelector('form[data-send-at-once]');
  if (goesOn) goesOn.submit();

  // A file that is too large is told of before it is sent.
  document.addEventListener('change', function (event) {
    var input = event.target;
    var limit = Number(input.getAttribute && input.getAttribute('data-most-bytes'));
    if (!limit || !input.files || !input.setCustomValidity) return;
    var file = input.files[0];
    var tooLarge = file && file.size > limit;
    input.setCustomValidity(tooLarge ? input.getAttribute('data-too-large') : '');
    if (tooLarge && input.reportValidity) input.reportValidity();
  });

  // A text is copied by a button where that can be done; else it is marked, to be copied by hand.
  var copies = document.querySelectorAll('button[data-copy]');
  for (var c = 0; c < copies.length; c += 1) copies[c].hidden = false;
  document.addEventListener('click', function (event) {
    var button = event.target;
    while (button && button.nodeName !== 'BUTTON') button = button.parentNode;
    var text =
      button && button.getAttribute('data-copy') && document.getElementById(button.getAttribute('data-copy'));
    if (!text) return;
    var say = function () {
      button.nextElementSibling.textContent = button.getAttribute('data-copied');
    };
    var copyMarked = function () {
      text.focus();
      text.select();
      if (document.execCommand('copy')) say();
    };
    if (navigator.clipboard && window.isSecureContext)
      navigator.clipboard.writeText(text.value).then(say, copyMarked);
    else copyMarked();
  });

  // A chart is saved in points, twice as fine as it is shown: for programs that take no SVG.
  var pictures = document.querySelectorAll('button[data-save-as]');
  for (var p = 0; p < pictures.length; p += 1) pictures[p].hidden = false;
  document.addEventListener('click', function (event) {
    var button = event.target;
    while (button && button.nodeName !== 'BUTTON') button = button.parentNode;
    if (!button || !button.getAttribute('data-save-as')) return;
    var image = new Image();
    image.onload = function () {
      var canvas = document.createElement('canvas');
      canvas.width = image.width * 2;
      canvas.height = image.height * 2;
      var context = canvas.getContext('2d');
      context.fillStyle = '#fff';
      context.fillRect(0, 0, canvas.width, canvas.height);
      context.drawImage(image, 0, 0, canvas.width, canvas.height);
      var link = document.createElement('a');
      link.href = canvas.toDataURL('image/png');
      link.download = button.getAttribute('data-save-as');
      link.click();
    };
    image.src = button.parentNode.querySelector('a[download]').href;
  });

  // A page that waits for something is exchanged for what comes of it, and left alone until then.
  var waiting = document.querySelector('[data-look-again]');
  if (waiting) {
    var state = ['data-state="', '"'].join(waiting.getAttribute('data-state'));
    window.setInterval(
      function () {
        var request = new XMLHttpRequest();
        request.onload = function () {
          var page = request.responseText;
          if (page.indexOf('data-look-again') < 0 || page.indexOf(state) < 0) window.location.reload();
        };
        request.open('GET', window.location.href);
        request.send();
      },
      Number(waiting.getAttribute('data-look-again')) * 1000
    );
  }
})();
