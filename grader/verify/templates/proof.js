{% include "sorting.js" %}

{% include "folding.js" %}
