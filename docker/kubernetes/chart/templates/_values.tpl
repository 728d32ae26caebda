{{/* Whether a resource is wanted: nothing, or a word. */}}
{{- define "radstream.unwanted" -}}
{{- $kind := .it.kind }}
{{- $name := .it.metadata.name }}
{{- if and (not .values.kafka.create) (or (hasPrefix "Kafka" $kind) (eq $name "radstream-to-kafka")) }}kafka{{ end }}
{{- if and (not .values.trainer.enabled) (eq $name "radstream-trainer") (ne $kind "KafkaUser") }}trainer{{ end }}
{{- if and (not .values.serving.autoscaling) (eq $kind "HorizontalPodAutoscaler") }}autoscaling{{ end }}
{{- if and (not .values.monitoring) (eq $kind "ServiceMonitor") }}monitoring{{ end }}
{{- end }}

{{/* Changes a resource as the values say; prints nothing. */}}
{{- define "radstream.set" -}}
{{- $it := .it }}
{{- $values := .values }}
{{- if eq $it.kind "ConfigMap" }}
  {{- with $values.connection.properties }}{{ $_ := set $it.data "client.properties" . }}{{ end }}
{{- else if eq $it.kind "PersistentVolumeClaim" }}
  {{- $_ := set $it.spec "accessModes" (list $values.store.accessMode) }}
  {{- with $values.store.storageClass }}{{ $_ := set $it.spec "storageClassName" . }}{{ end }}
  {{- if eq $it.metadata.name "radstream-checkpoints" }}
    {{- $_ := set $it.spec.resources.requests "storage" $values.store.size }}
  {{- end }}
{{- else if and (eq $it.kind "KafkaNodePool") (eq $it.metadata.name "broker") }}
  {{- $_ := set (first $it.spec.storage.volumes) "size" $values.kafka.storage }}
{{- else if eq $it.kind "HorizontalPodAutoscaler" }}
  {{- $_ := set $it.spec "minReplicas" $values.serving.replicas }}
  {{- $_ := set $it.spec "maxReplicas" $values.serving.maxReplicas }}
{{- else if has $it.kind (list "Deployment" "StatefulSet" "Job") }}
  {{- include "radstream.pod" . }}
{{- end }}
{{- end }}

{{- define "radstream.pod" -}}
{{- $pod := .it.spec.template.spec }}
{{- $container := first $pod.containers }}
{{- if eq $container.name "stage" }}{{ $_ := set .it.spec "replicas" .values.stage.replicas }}{{ end }}
{{- if and (eq $container.name "serving") (not .values.serving.autoscaling) }}
  {{- $_ := set .it.spec "replicas" .values.serving.replicas }}
{{- end }}
{{- if eq $container.name "trainer" }}
  {{- $args := list "train" (print "--preset=" .values.trainer.preset) (print "--line=" .values.trainer.line) }}
  {{- $_ := set $container "args" (concat $args (slice $container.args 3)) }}
  {{- if .values.trainer.gpu }}{{ include "radstream.gpu" . }}{{ end }}
{{- end }}
{{- if hasPrefix "radstream/" $container.image }}
  {{- $tag := .values.images.tag | default .root.Chart.AppVersion }}
  {{- $image := printf "%s:%s" (first (splitList ":" $container.image)) $tag }}
  {{- with .values.images.registry }}{{ $image = printf "%s/%s" . $image }}{{ end }}
  {{- $_ := set $container "image" $image }}
  {{- range $pod.initContainers }}{{ $_ := set . "image" $image }}{{ end }}
{{- end }}
{{- with (index .values $container.name) }}
  {{- with .resources }}{{ $_ := set $container "resources" . }}{{ end }}
{{- end }}
{{- end }}

{{/* What the overlay cuda adds, from its own file. */}}
{{- define "radstream.gpu" -}}
{{- $pod := .it.spec.template.spec }}
{{- $container := first $pod.containers }}
{{- $patch := (.root.Files.Get "gpu.yaml" | fromYaml).spec.template.spec }}
{{- $added := first $patch.containers }}
{{- $_ := set $pod "tolerations" $patch.tolerations }}
{{- $_ := set $container "resources" $added.resources }}
{{- $_ := set $container "env" (concat $added.env $container.env) }}
{{- $_ := set $container "image" "radstream/trainer-cuda:any" }}
{{- end }}
