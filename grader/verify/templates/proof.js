{% include "index.js" %}

{% include "candidate.js" %}
